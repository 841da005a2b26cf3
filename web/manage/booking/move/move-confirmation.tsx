import { useEffect, useRef } from 'preact/hooks';
import { Refused } from '../../../api/client.ts';
import type { Booking } from '../../../api/wire.ts';
import { ErrorNotice, Notice } from '../../../ui/notice.tsx';
import { useSubmit } from '../../../ui/submit.ts';
import { useFormats } from '../../../words/formats.ts';
import { useWords } from '../../../words/language.ts';
import { manageWords } from '../../../words/manage.ts';

export interface MoveConfirmationProps {
  readonly booking: Booking;
  /** The name of the barber; undefined until a time is chosen. */
  readonly target: { readonly start: string; readonly barber: string } | undefined;
  readonly move: () => Promise<void>;
  readonly onClose: () => void;
}

/** What it is now beside what it would be, and the button that makes it so. */
export function MoveConfirmation({ booking, target, move, onClose }: MoveConfirmationProps) {
  const all = useWords(manageWords);
  const words = all.move;
  const formats = useFormats();
  const submission = useSubmit(move);
  const told = (start: string, barber: string) =>
    `${formats.moment(start, booking.timezone)} ${all.with(barber)}`;
  const place = useRef<HTMLDivElement>(null);
  // On a phone it is far below the times.
  useEffect(() => {
    if (target !== undefined) place.current?.scrollIntoView({ block: 'nearest' });
  }, [target?.start]);
  return (
    <div ref={place} class="move-confirmation stack">
      <MoveFault error={submission.error} />
      <div role="status">
        {target === undefined ? (
          <p class="muted">{words.pick}</p>
        ) : (
          <dl class="move-change">
            <dt>{words.from}</dt>
            <dd>{told(booking.start, booking.barber_name)}</dd>
            <dt>{words.to}</dt>
            <dd class="move-new">{told(target.start, target.barber)}</dd>
          </dl>
        )}
      </div>
      <div class="row">
        <button
          type="button"
          class="button primary"
          disabled={target === undefined}
          aria-disabled={submission.busy}
          onClick={submission.run}
        >
          {words.confirm}
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          {words.keep}
        </button>
      </div>
    </div>
  );
}

/** A race that was lost is nobody's mistake. */
function MoveFault({ error }: { readonly error: unknown }) {
  const words = useWords(manageWords).move;
  const code = error instanceof Refused ? error.code : undefined;
  const told = { slot_taken: words.taken, version_conflict: words.conflict }[code ?? ''];
  if (told === undefined) return <ErrorNotice error={error} />;
  return (
    <div role="alert">
      <Notice kind="warn">{told}</Notice>
    </div>
  );
}

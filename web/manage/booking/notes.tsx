import { useEffect, useRef, useState } from 'preact/hooks';
import { Refused } from '../../api/client.ts';
import type { Booking } from '../../api/wire.ts';
import { TextArea } from '../../ui/field.tsx';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { useSubmit } from '../../ui/submit.ts';
import { toast } from '../../ui/toast.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { manageWords } from '../../words/manage.ts';
import { sentenceOf } from '../../words/problems.ts';
import type { ManagedBooking } from '../api/use-booking.ts';

export interface NotesProps {
  readonly booking: Booking;
  readonly change: ManagedBooking['change'];
}

/** What the client wants the shop to know. */
export function Notes({ booking, change }: NotesProps) {
  const words = useWords(manageWords).notes;
  /** As typed so far; undefined while nobody types. */
  const [text, setText] = useState<string>();
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const isOpen = text !== undefined;
  useEffect(() => {
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  return (
    <section class="card stack" aria-labelledby="notes">
      <h2 id="notes">{words.title}</h2>
      {text === undefined ? (
        <>
          <p class={booking.notes === null ? 'muted' : 'manage-notes'}>{booking.notes ?? words.none}</p>
          {booking.status === 'confirmed' && (
            <p>
              <button ref={opener} type="button" class="button" onClick={() => setText(booking.notes ?? '')}>
                {booking.notes === null ? words.add : words.change}
              </button>
            </p>
          )}
        </>
      ) : (
        <NotesForm
          text={text}
          before={booking.notes}
          onText={setText}
          change={change}
          onClose={() => setText(undefined)}
        />
      )}
    </section>
  );
}

interface NotesFormProps {
  readonly text: string;
  readonly before: string | null;
  readonly onText: (text: string) => void;
  readonly change: ManagedBooking['change'];
  readonly onClose: () => void;
}

function NotesForm({ text, before, onText, change, onClose }: NotesFormProps) {
  const words = useWords(manageWords).notes;
  const language = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const undo = () =>
    change({ notes: before }).catch((error: unknown) => {
      toast({ kind: 'bad', text: sentenceOf(error, language) });
    });
  const submission = useSubmit(async () => {
    await change({ notes: text.trim() || null });
    toast({ text: words.done, action: { label: words.undo, run: () => void undo() } });
    onClose();
  });
  const isConflict = submission.error instanceof Refused && submission.error.code === 'version_conflict';
  return (
    <form ref={form} class="stack" onSubmit={submission.run}>
      <TextArea
        label={words.label}
        hint={words.hint}
        value={text}
        maxLength={2000}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
      {isConflict ? (
        <div role="alert">
          <Notice kind="warn">{words.conflict}</Notice>
        </div>
      ) : (
        <ErrorNotice error={submission.error} />
      )}
      <div class="row">
        <button type="submit" class="button primary" aria-disabled={submission.busy}>
          {words.save}
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          {words.discard}
        </button>
      </div>
    </form>
  );
}

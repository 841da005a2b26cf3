import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { bookingWords } from '../../words/booking.ts';
import { useWords } from '../../words/language.ts';
import type { Holding } from './hold.ts';

export interface HoldStatusProps {
  readonly hold: Holding;
  /** Of whoever does it, by their id: with anybody the hold decides. */
  readonly nameOf: (barberId: number) => string | undefined;
  readonly onBack: () => void;
}

const WARNED_AT = 60;

/** Whether the slot is held, and for how long. Seconds are for eyes alone; the last minute is also said. */
export function HoldStatus({ hold: { state, left, again }, nameOf, onBack }: HoldStatusProps) {
  const words = useWords(bookingWords);
  return (
    <div class="hold-status">
      <p class="unseen" role="status">
        {state.kind === 'held' && left <= WARNED_AT && words.minuteLeft}
        {state.kind === 'held' && left > WARNED_AT && words.keptShort}
      </p>
      {state.kind === 'asking' && <p class="hold muted">{words.holding}</p>}
      {state.kind === 'held' && (
        <p class={left <= WARNED_AT ? 'hold soon' : 'hold'} aria-hidden="true">
          {words.kept(minutesAndSeconds(left), nameOf(state.hold.barber_id) ?? '')}
        </p>
      )}
      {state.kind === 'unheld' && (
        <div role="status">
          <Notice kind="info">{words.unheld}</Notice>
        </div>
      )}
      {state.kind === 'lapsed' && (
        <div role="alert">
          <Notice kind="warn">
            <p>{words.lapsed}</p>
            <p class="row">
              <button type="button" class="button small primary" onClick={again}>
                {words.keepAgain}
              </button>
              <button type="button" class="button small" onClick={onBack}>
                {words.otherTime}
              </button>
            </p>
          </Notice>
        </div>
      )}
      {state.kind === 'refused' && (
        <ErrorNotice error={state.error}>
          <p class="row">
            <button type="button" class="button small primary" onClick={again}>
              {words.keepAgain}
            </button>
            <button type="button" class="button small" onClick={onBack}>
              {words.otherTime}
            </button>
          </p>
        </ErrorNotice>
      )}
    </div>
  );
}

/** `4:05` */
function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

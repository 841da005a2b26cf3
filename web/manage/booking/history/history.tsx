import { everything } from '../../../api/client.ts';
import { useResource } from '../../../api/resource.ts';
import type { Barber, Booking } from '../../../api/wire.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useFormats } from '../../../words/formats.ts';
import { historyWords } from '../../../words/history.ts';
import { useWords } from '../../../words/language.ts';
import { loadHistory } from '../../api/calls.ts';
import { useTold } from './told-changes.ts';

export interface HistoryProps {
  readonly booking: Booking;
  readonly manageToken: string | undefined;
}

const STAFF: readonly string[] = ['barber', 'admin', 'database'];

/** Who changed what, the newest first. */
export function History({ booking, manageToken }: HistoryProps) {
  const words = useWords(historyWords);
  const formats = useFormats();
  const { id, version, shop, timezone } = booking;
  const history = useResource(`history ${id} ${version}`, (signal) =>
    loadHistory({ id, manageToken }, signal),
  );
  const barbers = useResource(`barbers ${shop}`, (signal) =>
    everything<Barber>('/api/v2/barbers', { query: { shop }, signal }),
  );
  const told = useTold(booking, barbers.value ?? []);
  if (history.value === undefined && history.error !== undefined) return null;
  return (
    <section class="card stack" aria-labelledby="history">
      <h2 id="history">{words.title}</h2>
      {history.value === undefined ? (
        <Skeleton height="2.75rem" lines={1} />
      ) : (
        <ol class="plain history">
          {[...history.value].reverse().map((change) => (
            <li key={change.at}>
              <p>
                {told(change).map((sentence) => (
                  <span key={sentence}>{sentence}</span>
                ))}
              </p>
              <p class="small muted">
                {STAFF.includes(change.actor.role) ? words.shop : words.you} ·{' '}
                <time dateTime={change.at}>{formats.moment(change.at, timezone)}</time>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

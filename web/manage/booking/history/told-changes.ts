import type { Barber, Booking } from '../../../api/wire.ts';
import { useFormats } from '../../../words/formats.ts';
import { historyWords } from '../../../words/history.ts';
import { useWords } from '../../../words/language.ts';
import type { Change } from '../../api/wire.ts';

/** Sentences for what an entry of the history says: each thing that changed. */
export function useTold(booking: Booking, barbers: readonly Barber[]): (change: Change) => string[] {
  const words = useWords(historyWords);
  const formats = useFormats();
  const when = (instant: unknown) =>
    typeof instant === 'string' ? formats.moment(instant, booking.timezone) : '';
  const who = (id: unknown) => {
    if (id === booking.barber_id) return booking.barber_name;
    return barbers.find((barber) => barber.id === id)?.name ?? words.somebody;
  };
  const statuses: Readonly<Record<string, string>> = {
    confirmed: words.restored,
    cancelled: words.cancelled,
    completed: words.completed,
    no_show: words.missed,
  };

  return ({ changes }) => {
    const [statusBefore, status] = changes.status ?? [];
    // With all else that was so from the beginning.
    if (statusBefore === null) return [words.booked];
    const told = [
      status !== undefined && statuses[String(status)],
      changes.start && words.moved(when(changes.start[0]), when(changes.start[1])),
      changes.barber_id && words.barber(who(changes.barber_id[0]), who(changes.barber_id[1])),
      changes.service && words.service(String(changes.service[0]), String(changes.service[1])),
      changes.notes && words.notes,
    ].filter((sentence) => typeof sentence === 'string');
    return told.length === 0 ? [words.other] : told;
  };
}

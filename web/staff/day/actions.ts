import { api, Refused } from '../../api/client.ts';
import type { Booking } from '../../api/wire.ts';
import { toast } from '../../ui/toast.tsx';
import { type Formats, useFormats } from '../../words/formats.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { sentenceOf } from '../../words/problems.ts';
import { type StaffWords, staffWords } from '../../words/staff.ts';
import { useDesk } from '../desk-context.ts';
import { startAt, startsIn } from '../time/grid.ts';
import { dateOf, timeOf, type WallTime } from '../time/wall-clock.ts';
import type { StaffBooking } from '../wire.ts';
import { dayOf, inTheWay, type Line } from './plan.ts';

/** Where a booking goes: an instant (RFC 3339), or what the shop's clock shows where nobody works. */
export interface Target {
  readonly barberId: number;
  readonly when: { readonly start: string } | { readonly date: string; readonly time: string };
}

export interface Actions {
  /** Rejects with what the server says against it. Says that it is done, and offers to undo it. */
  move(booking: StaffBooking, target: Target): Promise<void>;
  /** Rejects likewise. */
  say(booking: StaffBooking, what: 'complete' | 'no-show'): Promise<void>;
  cancel(booking: StaffBooking): Promise<void>;
  note(booking: Pick<StaffBooking, 'id' | 'version'>, notes: string): Promise<Booking>;
  /** What is meant by a place on the grid. */
  targetAt(booking: StaffBooking, barberId: number, wall: WallTime): Target;
  /** Why a move was refused, with what is in its way where that is known. */
  explain(error: unknown, booking: StaffBooking, target: Target): string;
}

/** What staff does to bookings; the schedule is read again after each. */
export function useActions(): Actions {
  const { slug, schedule, shop, reload, own } = useDesk();
  const words = useWords(staffWords);
  const formats = useFormats();
  const language = useLanguage();
  const { timezone: timeZone, slot_duration_minutes: slotMinutes } = shop;
  const nameOf = ({ client }: StaffBooking) => client?.name ?? words.walkIn;

  /** With another barber the server counts anew, and anew on the way back. */
  function anotherPrice(before: StaffBooking, { price, duration_minutes }: Booking): string | undefined {
    if (price.amount === before.price.amount && duration_minutes === before.duration_minutes)
      return undefined;
    return `${formats.duration(duration_minutes)}, ${formats.price(price)}`;
  }
  async function patch(booking: Pick<StaffBooking, 'id' | 'version'>, body: object): Promise<Booking> {
    const changed = await api
      .patch<Booking>(`/api/v2/bookings/${booking.id}`, {
        query: { shop: slug },
        body,
        headers: { 'if-match': `"${booking.version}"` },
      })
      .finally(reload);
    own(changed);
    return changed;
  }
  async function post(booking: StaffBooking, path: string): Promise<Booking> {
    const changed = await api
      .post<Booking>(`/api/v2/bookings/${booking.id}/${path}`, { query: { shop: slug } })
      .finally(reload);
    own(changed);
    return changed;
  }

  return {
    async move(booking, { barberId, when }) {
      const another = barberId !== booking.barber_id;
      const moved = await patch(booking, { ...when, ...(another && { barber_id: barberId }) });
      const back = { start: booking.start, ...(another && { barber_id: booking.barber_id }) };
      toast({
        text: words.moved(nameOf(booking), placeOf(moved, formats)),
        action: {
          label: words.undo,
          run: () =>
            void patch(moved, back).then(
              (now) => toast({ text: words.movedBack(nameOf(booking), anotherPrice(booking, now)) }),
              (error: unknown) => toast({ kind: 'bad', text: sentenceOf(error, language) }),
            ),
        },
      });
    },
    async say(booking, what) {
      await post(booking, what);
      toast({ text: words.said[what](nameOf(booking)), kind: 'good' });
    },
    async cancel(booking) {
      await post(booking, 'cancel');
      toast({ text: words.cancelledOne(nameOf(booking)) });
    },
    note: (booking, notes) => patch(booking, { notes: notes.trim() === '' ? null : notes }),
    targetAt(booking, barberId, wall) {
      const working = dayOf(schedule, barberId, dateOf(wall))?.working ?? [];
      const start = startAt(
        startsIn(working, slotMinutes, timeZone),
        wall,
        slotMinutes,
        Date.parse(booking.start),
      );
      if (start === undefined) return { barberId, when: { date: dateOf(wall), time: timeOf(wall) } };
      return { barberId, when: { start: new Date(start.instant).toISOString() } };
    },
    explain(error, booking, { barberId, when }) {
      const sentence = sentenceOf(error, language);
      if (!(error instanceof Refused) || error.code !== 'slot_taken' || !('start' in when)) return sentence;
      const from = Date.parse(when.start);
      const to = from + Date.parse(booking.end) - Date.parse(booking.start);
      const line = inTheWay(schedule, { barberId, from, to, except: booking.id });
      return line === undefined ? sentence : whatIsInTheWay(line, words, formats, timeZone);
    },
  };
}

function whatIsInTheWay(line: Line, words: StaffWords, formats: Formats, timeZone: string): string {
  if (line.kind === 'booking') {
    const { booking } = line;
    const times = `${formats.time(booking.start, timeZone)} – ${formats.time(booking.end, timeZone)}`;
    return words.bookedInTheWay(booking.client?.name ?? words.walkIn, booking.barber_name, times);
  }
  return words.offInTheWay;
}

/** `Mon 23 Nov, 10:00 AM, Luis` */
export function placeOf(
  { date, start, timezone, barber_name }: Pick<Booking, 'date' | 'start' | 'timezone' | 'barber_name'>,
  formats: Formats,
): string {
  return `${formats.shortDate(date)}, ${formats.time(start, timezone)}, ${barber_name}`;
}

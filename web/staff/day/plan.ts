import type { StaffBooking, TimeOff, WorkingDay } from '../wire.ts';
import type { Schedule } from './schedule.ts';

interface Timed {
  /** RFC 3339 */
  readonly start: string;
  readonly end: string;
}

/** A line of a barber's day. */
export type Line =
  | { readonly kind: 'booking'; readonly booking: StaffBooking }
  | { readonly kind: 'off'; readonly off: TimeOff }
  | ({ readonly kind: 'free' } & Timed);

/** Whether it takes up its barber's time: what was cancelled, or nobody came to, gives it back. */
export function takesTime({ status }: StaffBooking): boolean {
  return status === 'confirmed' || status === 'completed';
}

/** Day by day what a barber has: bookings and time off in their order, and what is free in between. */
export function linesOf(schedule: Schedule, barberId: number, date: string, slotMinutes: number): Line[] {
  const bookings = schedule.bookings.filter((each) => each.barber_id === barberId && each.date === date);
  const day = dayOf(schedule, barberId, date);
  const lines: Line[] = [
    ...bookings.map((booking) => ({ kind: 'booking', booking }) as const),
    ...(day?.time_off ?? []).map((off) => ({ kind: 'off', off }) as const),
    ...gaps(day?.working ?? [], [...bookings.filter(takesTime), ...(day?.time_off ?? [])], slotMinutes).map(
      (gap) => ({ kind: 'free', ...gap }) as const,
    ),
  ];
  return lines.sort((a, b) => Date.parse(timesOf(a).start) - Date.parse(timesOf(b).start));
}

export function timesOf(line: Line): Timed {
  if (line.kind === 'booking') return line.booking;
  return line.kind === 'off' ? line.off : line;
}

/** From when on something can be booked in what is free (RFC 3339): where that has begun, from `now` (epoch ms). */
export function bookableFrom({ start }: Timed, now: number): string {
  return Date.parse(start) < now ? new Date(now).toISOString() : start;
}

export function dayOf({ working }: Schedule, barberId: number, date: string): WorkingDay | undefined {
  return working.find((day) => day.barber_id === barberId && day.date === date);
}

/** The working time that nothing takes, where it is long enough for a slot. */
function gaps(working: readonly Timed[], taken: readonly Timed[], slotMinutes: number): Timed[] {
  const inOrder = [...taken].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const isLongEnough = (from: string, to: string) =>
    Date.parse(to) - Date.parse(from) >= slotMinutes * 60_000;
  return working.flatMap(({ start, end }) => {
    const free: Timed[] = [];
    let from = start;
    for (const each of inOrder) {
      if (Date.parse(each.end) <= Date.parse(from) || Date.parse(each.start) >= Date.parse(end)) continue;
      if (isLongEnough(from, each.start)) free.push({ start: from, end: each.start });
      from = each.end;
    }
    if (isLongEnough(from, end)) free.push({ start: from, end });
    return free;
  });
}

/** What a barber already has in a stretch of time (epoch ms, half-open), but for one booking. */
export function inTheWay(
  { bookings, working }: Schedule,
  { barberId, from, to, except }: { barberId: number; from: number; to: number; except?: number | undefined },
): Line | undefined {
  const meets = ({ start, end }: Timed) => Date.parse(start) < to && Date.parse(end) > from;
  const booking = bookings.find(
    (each) => each.id !== except && each.barber_id === barberId && takesTime(each) && meets(each),
  );
  if (booking !== undefined) return { kind: 'booking', booking };
  const off = working
    .filter(({ barber_id }) => barber_id === barberId)
    .flatMap(({ time_off }) => time_off)
    .find(meets);
  return off && { kind: 'off', off };
}

/** What others did to bookings between two readings of the same dates. */
export interface Changes {
  readonly made: readonly StaffBooking[];
  readonly moved: readonly StaffBooking[];
  readonly cancelled: readonly StaffBooking[];
}

export function changesBetween(
  before: readonly StaffBooking[],
  after: readonly StaffBooking[],
  own: ReadonlySet<string>,
): Changes {
  const known = new Map(before.map((booking) => [booking.id, booking]));
  const others = after.filter((booking) => !own.has(versionOf(booking)));
  const isAnother = (booking: StaffBooking) => {
    const old = known.get(booking.id);
    return old !== undefined && old.version !== booking.version;
  };
  return {
    made: others.filter(({ id, status }) => !known.has(id) && status === 'confirmed'),
    moved: others.filter(
      (booking) =>
        isAnother(booking) &&
        takesTime(booking) &&
        (known.get(booking.id)?.start !== booking.start ||
          known.get(booking.id)?.barber_id !== booking.barber_id),
    ),
    cancelled: others.filter(
      (booking) =>
        booking.status === 'cancelled' && isAnother(booking) && known.get(booking.id)?.status !== 'cancelled',
    ),
  };
}

/** Names one state of a booking. */
export function versionOf({ id, version }: Pick<StaffBooking, 'id' | 'version'>): string {
  return `${id}/${version}`;
}

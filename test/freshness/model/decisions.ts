import {
  type Booking,
  type Client,
  dayAt,
  type Hold,
  isLive,
  keepsItsTime,
  meet,
  type Shop,
} from './shop.ts';
import {
  type Candidate,
  candidatesOf,
  daysOf,
  nearest,
  type Objection,
  objectionTo,
  serviceOf,
} from './slots.ts';

/** As `Answer.summary` has them: the status and the code. */
export const REFUSALS: Readonly<Record<Objection, string>> = {
  notice: '400 notice_too_short',
  too_far_ahead: '400 too_far_ahead',
  outside: '400 outside_hours',
  off_grid: '400 validation_failed',
  too_long: '400 outside_hours',
  time_off: '409 slot_taken',
  booked: '409 slot_taken',
  buffer: '409 slot_taken',
};

/** What somebody asks to book. */
export interface Wish {
  readonly service: string;
  readonly barberId?: number | undefined;
  readonly at: number;
  readonly isStaff?: boolean;
  /** Undefined without a token, null with one that holds nothing any more. */
  readonly hold?: Hold | null | undefined;
  /** Whose usual barber comes first, where the shop chooses so. */
  readonly client?: Client | undefined;
}

/** Refused, or who may get it, the first choice first. */
export interface Verdict {
  readonly refusal?: string;
  readonly free: readonly Candidate[];
}

function refused(refusal: string): Verdict {
  return { refusal, free: [] };
}

/** What a request must be answered with, and who must get it. */
export function judge(shop: Shop, wish: Wish): Verdict {
  const { service, barberId, at, isStaff, hold } = wish;
  const faults = [...faultsOf(shop, service, barberId)];
  if (faults.length > 0)
    return refused(only([...faults, ...(hold === null ? ['400 validation_failed'] : [])]));
  let candidates = candidatesOf(shop, service, barberId);
  if (hold && barberId === undefined && hold.start === at) {
    const held = candidates.filter(({ barber }) => barber.id === hold.barberId);
    if (held.length > 0) candidates = held;
  }
  const days = daysOf(shop, candidates, hold ?? undefined);
  const against = days.map((day) => objectionTo(shop, day, at, isStaff));
  const free = candidates.filter((_, i) => against[i] === undefined);
  if (free.length === 0) {
    const refusal = REFUSALS[nearest(against.filter((objection) => objection !== undefined))];
    return refused(hold === null && refusal !== '409 slot_taken' ? '400 validation_failed' : refusal);
  }
  return hold === null ? refused('400 validation_failed') : { free: inOrder(shop, free, wish) };
}

/** What is wrong with a service and a barber by themselves. */
export function faultsOf(shop: Shop, service: string | undefined, barberId: number | undefined): string[] {
  const isUnknown = service !== undefined && serviceOf(shop, service) === undefined;
  const isGone = barberId !== undefined && !shop.barbers.some(({ id, active }) => id === barberId && active);
  if (isUnknown || isGone)
    return [...(isUnknown ? ['400 unknown_service'] : []), ...(isGone ? ['404 not_found'] : [])];
  const isOffered = barberId === undefined || candidatesOf(shop, service, barberId).length > 0;
  return isOffered ? [] : ['400 unknown_service'];
}

/** Several faults make one refusal. */
export function only(faults: readonly string[]): string {
  return faults.length > 1 ? '400 validation_failed' : (faults[0] ?? '');
}

function inOrder(shop: Shop, free: readonly Candidate[], { at, client }: Wish): Candidate[] {
  const rows = [...shop.bookings, ...shop.holds];
  const of = (id: number) => rows.filter(({ barberId }) => barberId === id);
  const minutes = (id: number) =>
    [...shop.bookings.filter(keepsItsTime), ...shop.holds.filter(isLive)]
      .filter(({ barberId, start }) => barberId === id && dayAt(shop, start) === dayAt(shop, at))
      .reduce((sum, { duration }) => sum + duration, 0);
  const visits = (id: number) =>
    shop.bookings.filter(
      (booking) => booking.barberId === id && booking.client === client && keepsItsTime(booking),
    ).length;
  const tallies = {
    fewest_minutes: [minutes],
    round_robin: [(id: number) => Math.max(0, ...of(id).map(({ made }) => made))],
    usual_barber: client === undefined ? [minutes] : [(id: number) => -visits(id), minutes],
  }[shop.policy];
  return [...free].sort((a, b) => {
    for (const tally of tallies) {
      const difference = tally(a.barber.id) - tally(b.barber.id);
      if (difference !== 0) return difference;
    }
    return a.barber.id - b.barber.id;
  });
}

/** Why a booking cannot be changed by whoever asks, before it is looked at what to; undefined where it can. */
export function refusalToChange(booking: Booking): string | undefined {
  if (booking.status === 'confirmed') return undefined;
  return booking.status === 'cancelled' ? '409 already_cancelled' : '409 too_late_to_cancel';
}

/** What the constraint of the table says, holds that ran out included unless they are cleared away before. */
export function overlapsAnother(
  shop: Shop,
  booking: Omit<Booking, 'id'> & { id?: number },
  clears: boolean,
): boolean {
  return (
    shop.bookings.some((other) => other.id !== booking.id && keepsItsTime(other) && meet(other, booking)) ||
    shop.holds.some((hold) => (isLive(hold) || !clears) && meet(hold, booking))
  );
}

import type { Booking } from '../../api/wire.ts';

export interface SortedBookings {
  /** Confirmed and not over, the next one first. */
  readonly upcoming: readonly Booking[];
  /** All others, the latest first. */
  readonly past: readonly Booking[];
}

/** `now` is epoch ms. */
export function sorted(bookings: readonly Booking[], now: number): SortedBookings {
  const isUpcoming = ({ status, end }: Booking) => status === 'confirmed' && Date.parse(end) > now;
  const byStart = (a: Booking, b: Booking) => Date.parse(a.start) - Date.parse(b.start) || a.id - b.id;
  return {
    upcoming: bookings.filter(isUpcoming).sort(byStart),
    past: bookings.filter((booking) => !isUpcoming(booking)).sort((a, b) => byStart(b, a)),
  };
}

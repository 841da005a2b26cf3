import { expect } from 'vitest';
import type { Answer } from '../servers.ts';
import {
  type Barber,
  type Booking,
  isLive,
  meet,
  type Range,
  type Shop,
  type Taken,
  within,
  working,
} from '../shop.ts';
import type { Candidate } from '../slots.ts';

/** A booking as it is answered, so far as it cannot be known before. */
export interface Made {
  readonly id: number;
  readonly barber_id: number;
  readonly manage_token?: string;
}

export function expectAnswer({ summary, text }: Answer, expected: string): void {
  expect(summary, text).toBe(expected);
}

/** What is kept of whoever gets the time. */
export function takenBy(shop: Shop, { barber, time }: Candidate, start: number): Taken {
  shop.made += 1;
  return { barberId: barber.id, start, ...time, made: shop.made };
}

export function addBooking(shop: Shop, booking: Booking): void {
  clearLapsed(shop, booking);
  shop.bookings.push(booking);
}

export function changeBooking(shop: Shop, booking: Booking, change: Partial<Booking>): void {
  const changed = { ...booking, ...change, version: booking.version + 1 };
  shop.bookings = shop.bookings.map((other) => (other === booking ? changed : other));
}

/** Holds that ran out make way for what is written over them. */
export function clearLapsed(shop: Shop, taken: Taken): void {
  shop.holds = shop.holds.filter((hold) => isLive(hold) || !meet(hold, taken));
}

/** Answered in no order. */
export function expectConflicts({ text }: Answer, bookings: readonly Booking[]): void {
  const { conflicts }: { conflicts: { id: number }[] } = JSON.parse(text);
  const ids = (list: readonly { readonly id: number }[]) => list.map(({ id }) => id).sort((a, b) => a - b);
  expect(ids(conflicts), 'conflicts').toEqual(ids(bookings));
}

/** The confirmed bookings whose service time meets a range of wall minutes. */
export function withinRange(shop: Shop, range: Pick<Range, 'from' | 'to'>, barber?: Barber): Booking[] {
  const met = within(shop.calendar, [range]);
  return confirmed(shop, barber).filter(({ start, duration }) =>
    met.slice(start, start + duration).includes(true),
  );
}

/** The confirmed bookings that do not lie within working time any more. */
export function outsideWork(shop: Shop, barber?: Barber): Booking[] {
  return shop.barbers.flatMap((one) => {
    if (barber !== undefined && barber !== one) return [];
    const works = working(shop, one);
    return confirmed(shop, one).filter(
      ({ start, duration }) => !one.active || works.slice(start, start + duration).includes(false),
    );
  });
}

function confirmed({ bookings }: Shop, barber: Barber | undefined): Booking[] {
  return bookings.filter(
    ({ status, barberId }) => status === 'confirmed' && (barber === undefined || barber.id === barberId),
  );
}

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Loaded } from '../../../src/availability/source.ts';
import type { BarberDay, Busy } from '../../../src/calendar/barber-day.ts';
import { createLapses, type DayKey, type Lapses } from '../../../src/http/stream/lapses.ts';

const DAY = { shopId: 7, barberId: 1, day: '2026-11-23' };

let lapsed: DayKey[];
let lapses: Lapses;
/** Postgres's clock, as this instance knows it: it may be behind the timers. */
let behind: number;
const now = () => Date.now() - behind;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  behind = 0;
  lapsed = [];
  lapses = createLapses(now, (key) => lapsed.push(key));
});
afterEach(() => {
  lapses.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function day(version: number, ...busy: Busy[]): Loaded<BarberDay> {
  const { barberId, day: date } = DAY;
  const value = { barberId, date, startsAt: 0, minutes: 1440, working: [], timeOff: [], busy };
  return { value, versions: { shop: 0, barber: 0, day: version }, loadedAt: 0 };
}

const hold = (inMs: number): Busy => [600, 630, 1_000_000 + inMs];

test('the first of a day’s holds to lapse is told at that instant, and then the day is to be read again', () => {
  lapses.note(7, day(1, hold(500), [660, 690], hold(300)), now());
  vi.advanceTimersByTime(299);
  expect(lapsed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(lapsed).toEqual([DAY]);
  expect(lapses.size).toBe(0);
  lapses.note(7, day(1, hold(500), [660, 690], hold(300)), now());
  vi.advanceTimersByTime(200);
  expect(lapsed).toEqual([DAY, DAY]);
});

test('a clock behind the timer decides', () => {
  lapses.note(7, day(1, hold(300)), now());
  behind = 50;
  vi.advanceTimersByTime(349);
  expect(lapsed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(lapsed).toEqual([DAY]);
});

test('an instant between two milliseconds is waited for', () => {
  lapses.note(7, day(1, hold(300.25)), now());
  vi.advanceTimersByTime(300);
  expect(lapsed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(lapsed).toEqual([DAY]);
});

test('a hold that was given back or booked is not told, and neither is one that has lapsed', () => {
  lapses.note(7, day(1, hold(300)), now());
  lapses.note(7, day(2, hold(-1), [600, 630]), now());
  expect(lapses.size).toBe(0);
  vi.advanceTimersByTime(1_000);
  expect(lapsed).toEqual([]);
});

test('a hold that lapsed while its day was read is told, and one that had lapsed before is not', () => {
  lapses.note(7, day(1, hold(-5), hold(-20)), now() - 10);
  lapses.note(8, day(1, hold(-20)), now() - 10);
  vi.advanceTimersByTime(1);
  expect(lapsed).toEqual([DAY]);
});

test('an older reading that arrives late changes nothing', () => {
  lapses.note(7, day(2, hold(300)), now());
  lapses.note(7, day(1), now());
  vi.advanceTimersByTime(300);
  expect(lapsed).toEqual([DAY]);
});

test('what nobody watches any more is forgotten, at that shop', () => {
  lapses.note(7, day(1, hold(300)), now());
  lapses.note(8, day(1, hold(300)), now());
  lapses.keepOnly(7, () => false);
  expect(lapses.size).toBe(1);
  lapses.keepOnly(8, (key) => key.day === DAY.day && key.barberId === 1);
  vi.advanceTimersByTime(300);
  expect(lapsed).toEqual([{ ...DAY, shopId: 8 }]);
});

test('a hold that somebody typed in for months is waited for, longer than a timer can', () => {
  const months = 90 * 86_400_000;
  lapses.note(7, day(1, hold(months)), now());
  vi.advanceTimersByTime(months - 1);
  expect(lapsed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(lapsed).toEqual([DAY]);
});

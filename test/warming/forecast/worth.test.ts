import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Share } from '../../../src/warming/demand/queries.ts';
import { chooseBox, type Wish } from '../../../src/warming/forecast/worth.ts';

const BARBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Each of ten barbers is asked for one of the next days as often as for any other. */
const spread = (days: number): Share[] =>
  BARBERS.flatMap((barberId) =>
    Array.from({ length: days }, (_, daysAhead) => ({
      barberId,
      daysAhead,
      days: 1,
      share: 1 / days / BARBERS.length,
    })),
  );

const wish = (changes: Partial<Wish> = {}): Wish => ({
  barberIds: BARBERS,
  horizonDays: 60,
  shares: spread(5),
  readsPerHour: 100,
  lifetimeMs: 300_000,
  forMs: 240_000,
  ...changes,
});

test('many different questions are worth one load of all that they ask for, and of nothing else', () => {
  expect(chooseBox(wish())).toMatchObject({ daysAhead: 0, days: 5, barberIds: BARBERS, loads: 1 });
});

test('one question is never worth it: its own reads load as often as a warm-up would', () => {
  const rates = fc.double({ min: 0.001, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(rates, fc.nat(30), fc.integer({ min: 1, max: 20 }), (readsPerHour, daysAhead, days) => {
      const shares = [{ barberId: 0, daysAhead, days, share: 1 }];
      expect(chooseBox(wish({ shares, readsPerHour }))).toBeUndefined();
    }),
  );
});

test('a quiet hour is worth nothing', () => {
  expect(chooseBox(wish({ readsPerHour: 10 }))).toBeUndefined();
  expect(chooseBox(wish({ readsPerHour: 0 }))).toBeUndefined();
  expect(chooseBox(wish({ shares: [] }))).toBeUndefined();
  expect(chooseBox(wish({ barberIds: [] }))).toBeUndefined();
});

test('what lives for a day is loaded seldom enough by its readers', () => {
  expect(chooseBox(wish({ lifetimeMs: 86_400_000 }))).toBeUndefined();
});

test('a month is kept warm for those who ask for a month, not for those who ask for days that are warm anyway', () => {
  const months: Share[] = BARBERS.map((barberId) => ({ barberId, daysAhead: 0, days: 31, share: 0.1 }));
  expect(chooseBox(wish({ shares: months, readsPerHour: 40 }))).toMatchObject({ days: 31 });
  // Somebody who asks for all barbers' months keeps them warm for everybody else.
  const all: Share = { barberId: 0, daysAhead: 0, days: 31, share: 0.9 };
  const rest = months.map((month) => ({ ...month, share: 0.01 }));
  expect(chooseBox(wish({ shares: [all, ...rest], readsPerHour: 40 }))).toBeUndefined();
});

test('days that are over, or cannot be booked yet, are not warmed', () => {
  const before = spread(5).map((share) => ({ ...share, daysAhead: share.daysAhead - 10 }));
  const beyond = spread(5).map((share) => ({ ...share, daysAhead: share.daysAhead + 10 }));
  expect(chooseBox(wish({ shares: [...before, ...beyond], horizonDays: 10 }))).toBeUndefined();
});

test('many barbers take several loads, and have to be worth them all', () => {
  const barberIds = Array.from({ length: 50 }, (_, i) => i + 1);
  const shares = barberIds.map((barberId) => ({ barberId, daysAhead: 0, days: 31, share: 1 / 50 }));
  expect(chooseBox(wish({ barberIds, shares, readsPerHour: 500 }))).toMatchObject({ days: 31, loads: 2 });
  expect(chooseBox(wish({ barberIds, shares, readsPerHour: 25 }))).toBeUndefined();
});

test('whatever is asked, a box saves more reads from waiting than it takes loads', () => {
  const share = fc.record({
    barberId: fc.integer({ min: 0, max: 10 }),
    daysAhead: fc.integer({ min: -3, max: 40 }),
    days: fc.integer({ min: 1, max: 62 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(share, { maxLength: 40 }),
      fc.double({ min: 0, max: 10_000, noNaN: true }),
      fc.integer({ min: 1_000, max: 86_400_000 }),
      (shares, readsPerHour, lifetimeMs) => {
        const forMs = 0.8 * lifetimeMs;
        const box = chooseBox(wish({ shares, readsPerHour, lifetimeMs, forMs }));
        if (box === undefined) return;
        expect(box.saved).toBeGreaterThan(box.loads);
        expect(box.days).toBeLessThanOrEqual(60);
      },
    ),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPostgresClock } from '../../../src/availability/feed/clock.ts';

test('before anything is known it shows what was guessed', () => {
  expect(createPostgresClock(1_000_000, 50).at(60)).toBe(1_000_010);
});

test('it takes the time of an answer to be that of its arrival at the earliest', () => {
  const clock = createPostgresClock(0, 0);
  clock.calibrate(5_000, 100, 300);
  expect(clock.at(300)).toBe(5_000);
  expect(clock.at(400)).toBe(5_100);
});

test('a quicker answer makes it better, a slower one no worse', () => {
  const clock = createPostgresClock(0, 0);
  clock.calibrate(5_000, 0, 200);
  clock.calibrate(6_150, 1_050, 1_052);
  expect(clock.at(1_052)).toBe(6_150);
  clock.calibrate(7_000, 1_500, 1_990);
  expect(clock.at(2_000)).toBe(7_098);
});

test('it follows when the clock of Postgres is set back', () => {
  const clock = createPostgresClock(0, 0);
  clock.calibrate(3_600_000, 0, 2);
  clock.calibrate(1_000, 1_000, 1_002);
  expect(clock.at(1_002)).toBe(1_000);
});

test('it is never ahead of a clock that runs evenly, and never further behind than the quickest round trip', () => {
  const trip = fc.record({ pause: fc.nat(1_000), there: fc.nat(500), back: fc.nat(500) });
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.array(trip, { minLength: 1 }), (offset, trips) => {
      const clock = createPostgresClock(0, 0);
      let now = 0;
      let quickest = Number.POSITIVE_INFINITY;
      for (const { pause, there, back } of trips) {
        const sent = now + pause;
        now = sent + there + back;
        clock.calibrate(sent + there + offset, sent, now);
        quickest = Math.min(quickest, there + back);
        expect(clock.at(now)).toBeLessThanOrEqual(now + offset);
        expect(clock.at(now)).toBeGreaterThanOrEqual(now + offset - quickest);
      }
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOURS_OF_WEEK, predictReads } from '../../../src/warming/forecast/forecast.ts';

const DAY = 24;

/** A history that begins on a Monday at midnight. */
const predict = (reads: readonly number[], hours = 48) =>
  predictReads({ reads, hourOfWeek: (index) => index % HOURS_OF_WEEK }, hours);

const count = fc.integer({ min: 0, max: 1_000 });
const week = fc.array(count, { minLength: HOURS_OF_WEEK, maxLength: HOURS_OF_WEEK });
const history = fc.array(count, { maxLength: 6 * HOURS_OF_WEEK });
const repeat = (once: readonly number[], times: number) => Array.from({ length: times }, () => once).flat();
/** A shop's week: nobody at night, more on Fridays. */
const WEEK = Array.from({ length: HOURS_OF_WEEK }, (_, i) => {
  const hour = i % DAY;
  return hour < 7 ? 0 : (10 + 3 * (hour % 7)) * (Math.floor(i / DAY) === 4 ? 2 : 1);
});

describe('laws', () => {
  test('no prediction is below nothing, or no number', () => {
    fc.assert(
      fc.property(history, (reads) => {
        for (const hour of predict(reads)) expect(hour).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('what repeats itself week by week is predicted exactly', () => {
    fc.assert(
      fc.property(week, fc.integer({ min: 1, max: 8 }), (once, weeks) => {
        const expected = once.slice(0, 48);
        for (const [i, hour] of predict(repeat(once, weeks)).entries())
          expect(hour).toBeCloseTo(expected[i] ?? 0, 6);
      }),
    );
  });

  test('so is what repeats itself from any hour of the week on', () => {
    fc.assert(
      fc.property(week, fc.integer({ min: 0, max: HOURS_OF_WEEK - 1 }), (once, cut) => {
        const reads = repeat(once, 6).slice(0, 5 * HOURS_OF_WEEK + cut);
        const [next] = predict(reads, 1);
        expect(next).toBeCloseTo(once[cut] ?? 0, 6);
      }),
    );
  });

  test('twice the reads are predicted to be twice as many', () => {
    fc.assert(
      fc.property(history, fc.double({ min: 0.01, max: 100, noNaN: true }), (reads, factor) => {
        const scaled = predict(reads.map((hour) => hour * factor));
        for (const [i, hour] of predict(reads).entries()) expect(scaled[i]).toBeCloseTo(hour * factor, 5);
      }),
    );
  });

  test('one hour, whatever was read in it, does not even double what is predicted', () => {
    const reads = repeat(WEEK, 6);
    const usual = predict(reads, HOURS_OF_WEEK);
    fc.assert(
      fc.property(fc.nat(reads.length - 1), fc.integer({ min: 0, max: 1e9 }), (at, outlier) => {
        const spoilt = predict(
          reads.map((hour, i) => (i === at ? outlier : hour)),
          HOURS_OF_WEEK,
        );
        for (const [i, hour] of spoilt.entries()) {
          expect(hour).toBeLessThanOrEqual(2 * (usual[i] ?? 0) + 1e-9);
          expect(hour).toBeGreaterThanOrEqual((usual[i] ?? 0) / 2 - 1e-9);
        }
      }),
    );
  });
});

describe('little history', () => {
  test('none predicts nothing', () => {
    expect(predict([], 3)).toEqual([0, 0, 0]);
  });

  test('a few hours are taken for all hours', () => {
    expect(predict([4, 8, 6], 2)).toEqual([6, 6]);
  });

  test('a few days are taken for a season of a day', () => {
    const once = WEEK.slice(0, DAY);
    const predicted = predict(repeat(once, 3), DAY);
    for (const [i, hour] of predicted.entries()) expect(hour).toBeCloseTo(once[i] ?? 0, 6);
  });
});

describe('what comes up', () => {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const changed = (days: readonly number[], factor: number) =>
    repeat(WEEK, 6).map((hour, i) => (days.includes(Math.floor(i / DAY)) ? hour * factor : hour));
  const usual = sum(WEEK.slice(0, DAY));
  const monday = (reads: readonly number[]) => sum(predict(reads, DAY)) / usual;

  test('a campaign is followed within two days by more than half', () => {
    expect(monday(changed([41], 3))).toBeGreaterThan(1.4);
    expect(monday(changed([40, 41], 3))).toBeGreaterThan(1.6);
    expect(monday(changed([37, 38, 39, 40, 41], 3))).toBeGreaterThan(2.8);
  });

  test('a holiday in the weeks before pulls its weekday down by nothing', () => {
    const predicted = predict(changed([28], 0), DAY);
    // The Monday two weeks ago was one; with it, that week's other days seem larger against its mean.
    for (const [i, hour] of predicted.entries())
      expect(hour / (WEEK[i] || 1)).toBeCloseTo(WEEK[i] ? 1 : 0, 1);
  });

  test('the day after a holiday is predicted at three quarters of the usual, at least', () => {
    expect(monday(changed([41], 0))).toBeGreaterThanOrEqual(0.7);
  });

  test('a shop that is read by nobody any more is not predicted for more than a week', () => {
    expect(monday(changed([35, 36, 37, 38, 39, 40, 41], 0))).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../src/timing.ts';
import { backtest } from '../../../src/warming/forecast/accuracy.ts';
import { forecastFrom, hourOfWeekAt, usualWeek } from '../../../src/warming/forecast/shop-forecast.ts';

const ZONE = 'Europe/Berlin';
/** A Monday at midnight in Berlin, six weeks before the clocks went back. */
const SINCE = Date.parse('2026-09-14T00:00:00+02:00');

/** The same every week by the clock on the wall: as many reads as the hour of the week. */
const hoursUntil = (until: number) =>
  Array.from({ length: (until - SINCE) / HOUR }, (_, i) => SINCE + i * HOUR).map((at) => ({
    at,
    reads: hourOfWeekAt(ZONE, at),
  }));

test('hours of the week are the shop’s: they stay the same when its clocks go back', () => {
  expect(hourOfWeekAt(ZONE, Date.parse('2026-10-19T09:30:00+02:00'))).toBe(9);
  expect(hourOfWeekAt(ZONE, Date.parse('2026-10-26T09:30:00+01:00'))).toBe(9);
  expect(hourOfWeekAt(ZONE, Date.parse('2026-10-25T23:00:00+01:00'))).toBe(167);
});

test('the week after the clocks went back is predicted by the clock on the wall', () => {
  const now = Date.parse('2026-10-26T00:05:00+01:00');
  const { until, predicted } = forecastFrom(hoursUntil(now - (now % HOUR)), [], ZONE, now);
  expect(until).toBe(Date.parse('2026-10-26T00:00:00+01:00'));
  for (let hour = 12; hour < 24; hour++) {
    const expected = hourOfWeekAt(ZONE, until + hour * HOUR);
    expect((predicted[hour] ?? 0) / expected).toBeCloseTo(1, 1);
  }
});

test('hours without reads count as none, and the hour that has not ended is not part of the history', () => {
  const now = SINCE + 5.5 * HOUR;
  const hours = [
    { at: SINCE, reads: 6 },
    { at: SINCE + 3 * HOUR, reads: 9 },
    { at: SINCE + 5 * HOUR, reads: 1_000 },
  ];
  expect(forecastFrom(hours, [], ZONE, now).reads).toEqual([6, 0, 0, 9, 0]);
});

test('a minute after the full hour all instances have written what they counted: until then it has not ended', () => {
  const hours = [{ at: SINCE, reads: 6 }];
  expect(forecastFrom(hours, [], ZONE, SINCE + HOUR + 59_000).reads).toEqual([]);
  expect(forecastFrom(hours, [], ZONE, SINCE + HOUR + 60_000).reads).toEqual([6]);
});

test('the usual week is the mean of each hour of it', () => {
  const now = SINCE + 15 * 24 * HOUR;
  const hours = hoursUntil(SINCE + 14 * 24 * HOUR).map(({ at, reads }) => ({
    at,
    reads: at < SINCE + 7 * 24 * HOUR ? reads : 3 * reads,
  }));
  const week = usualWeek(forecastFrom(hours, [], ZONE, now));
  // The third Monday had none.
  expect(week[9]).toBeCloseTo((9 + 27 + 0) / 3);
  expect(week[24 + 9]).toBeCloseTo((33 + 99) / 2);
});

describe('the error', () => {
  const week = Array.from({ length: 168 }, (_, i) => i % 24);
  const history = (reads: readonly number[]) => ({ reads, hourOfWeek: (i: number) => i % 168 });

  test('is none where every week is the same', () => {
    const { meanAbsolute, wape, naiveWape, predicted } = backtest(history([...week, ...week, ...week]));
    expect([meanAbsolute, wape, naiveWape]).toEqual([expect.closeTo(0), expect.closeTo(0), 0]);
    expect(predicted).toHaveLength(168);
  });

  test('is of predictions that knew nothing of the day they are for', () => {
    const doubled = [...week, ...week, ...week].map((hour, i) => (i < 20 * 24 ? hour : 2 * hour));
    const { predicted, wape, naiveWape } = backtest(history(doubled));
    expect(predicted[167]).toBeCloseTo(23);
    // Of the last day half is missed, which is a quarter of what the days before and it make together, by the week.
    expect(wape).toBeCloseTo((100 * 1) / 8);
    expect(naiveWape).toBeCloseTo((100 * 1) / 8);
  });

  test('is not known where there was too little', () => {
    expect(backtest(history(week.slice(0, 20)))).toMatchObject({ meanAbsolute: null, wape: null });
    expect(backtest(history([]))).toMatchObject({ predicted: [], naiveWape: null });
    expect(backtest(history(new Array(400).fill(0)))).toMatchObject({ meanAbsolute: 0, wape: null });
  });
});

import { describe, expect, test } from 'vitest';
import { type BookingRules, bookingWindow } from '../../src/calendar/slots.ts';
import { parseInstant } from '../../src/calendar/time.ts';

const at = (text: string): number => parseInstant(text) ?? expect.fail(`${text} is not an instant`);
const shop: BookingRules = {
  timezone: 'America/New_York',
  slotMinutes: 15,
  noticeMinutes: 60,
  horizonDays: 30,
  sameDayCutoff: null,
};
const earliest = (now: string, changes: Partial<BookingRules>): number =>
  bookingWindow({ ...shop, ...changes }, at(now)).earliest;

describe('the earliest start', () => {
  test('is the notice after now', () => {
    expect(earliest('2026-11-23T10:05:30-05:00', {})).toBe(at('2026-11-23T11:05:30-05:00'));
  });

  test('is tomorrow once the same-day cut-off has come', () => {
    const closing = { sameDayCutoff: 12 * 60 };
    expect(earliest('2026-11-23T11:59:59-05:00', closing)).toBe(at('2026-11-23T12:59:59-05:00'));
    expect(earliest('2026-11-23T12:00:00-05:00', closing)).toBe(at('2026-11-24T00:00:00-05:00'));
  });

  test('is the notice after now where that is later than tomorrow', () => {
    const changes = { sameDayCutoff: 12 * 60, noticeMinutes: 24 * 60 };
    expect(earliest('2026-11-23T13:00:00-05:00', changes)).toBe(at('2026-11-24T13:00:00-05:00'));
  });

  test('stays tomorrow when clocks go back behind the cut-off', () => {
    const closing = { sameDayCutoff: 90, noticeMinutes: 0 };
    const tomorrow = at('2026-11-02T00:00:00-05:00');
    expect(earliest('2026-11-01T01:29:00-04:00', closing)).toBe(at('2026-11-01T01:29:00-04:00'));
    expect(earliest('2026-11-01T01:30:00-04:00', closing)).toBe(tomorrow);
    expect(earliest('2026-11-01T01:00:00-05:00', closing)).toBe(tomorrow);
  });

  test('is tomorrow from the moment at which clocks skip the cut-off', () => {
    const closing = { sameDayCutoff: 150, noticeMinutes: 0 };
    expect(earliest('2026-03-08T01:59:00-05:00', closing)).toBe(at('2026-03-08T01:59:00-05:00'));
    expect(earliest('2026-03-08T03:00:00-04:00', closing)).toBe(at('2026-03-09T00:00:00-04:00'));
  });

  test('is never tomorrow with a cut-off at the end of the day', () => {
    expect(earliest('2026-11-23T23:59:00-05:00', { sameDayCutoff: 1440, noticeMinutes: 0 })).toBe(
      at('2026-11-23T23:59:00-05:00'),
    );
  });
});

describe('the latest start', () => {
  const latest = (now: string, horizonDays: number): number =>
    bookingWindow({ ...shop, horizonDays }, at(now)).latest;

  test('is before midnight of the last day of the horizon, at the shop', () => {
    expect(latest('2026-11-23T10:00:00-05:00', 7)).toBe(at('2026-12-01T00:00:00-05:00'));
    // In Tokyo it is the 24th already; the shop's day counts.
    expect(latest('2026-11-24T02:00:00+09:00', 0)).toBe(at('2026-11-24T00:00:00-05:00'));
  });

  test('counts calendar days over a clock change', () => {
    expect(latest('2026-10-31T10:00:00-04:00', 1)).toBe(at('2026-11-02T00:00:00-05:00'));
  });
});

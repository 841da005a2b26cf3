import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, timeOfMinutes } from '../../src/calendar/time.ts';
import type { Fault } from '../../src/outcome.ts';
import { readLocalRange, showLocalRange, type WrittenRange } from '../../src/shop/local-range.ts';

function read(written: WrittenRange) {
  const faults: Fault[] = [];
  return { range: readLocalRange(written, faults), fields: faults.map(({ field }) => field) };
}

test('without times whole days are meant, the last one included', () => {
  expect(read({ startDate: '2026-12-24' }).range).toEqual({
    from: '2026-12-24T00:00',
    to: '2026-12-25T00:00',
  });
  const week = { startDate: '2026-12-24', endDate: '2026-12-31', startTime: null, endTime: null };
  expect(read(week).range).toEqual({ from: '2026-12-24T00:00', to: '2027-01-01T00:00' });
});

test('with times it runs from the one on the first date to the one on the last', () => {
  const times = { startTime: '14:00', endTime: '09:30' };
  expect(read({ startDate: '2026-12-24', endDate: '2026-12-27', ...times }).range).toEqual({
    from: '2026-12-24T14:00',
    to: '2026-12-27T09:30',
  });
  expect(read({ startDate: '2026-12-24', startTime: '14:00', endTime: '24:00' }).range).toEqual({
    from: '2026-12-24T14:00',
    to: '2026-12-25T00:00',
  });
});

test.each<[string, WrittenRange, string[]]>([
  ['a day that does not exist', { startDate: '2027-02-29' }, ['startDate']],
  ['both dates wrong', { startDate: 'soon', endDate: '2026-13-01' }, ['startDate', 'endDate']],
  ['an end before the start', { startDate: '2026-12-24', endDate: '2026-12-23' }, ['endDate']],
  ['no end time', { startDate: '2026-12-24', startTime: '10:00' }, ['endTime']],
  ['no start time', { startDate: '2026-12-24', endTime: '10:00', startTime: null }, ['startTime']],
  ['no length', { startDate: '2026-12-24', startTime: '10:00', endTime: '10:00' }, ['endTime']],
  [
    'times that are none',
    { startDate: '2026-12-24', startTime: '24:00', endTime: '7' },
    ['startTime', 'endTime'],
  ],
  [
    'everything at once',
    { startDate: '', endDate: '2026-02-30', startTime: 'x' },
    ['startDate', 'endDate', 'endTime', 'startTime'],
  ],
])('%s is at fault where it stands', (_what, written, fields) => {
  expect(read(written)).toEqual({ range: undefined, fields });
});

test('an end at midnight is shown as the 24:00 of the day before', () => {
  expect(showLocalRange({ from: '2026-12-24T14:00', to: '2026-12-26T00:00' })).toEqual({
    startDate: '2026-12-24',
    endDate: '2026-12-25',
    startTime: '14:00',
    endTime: '24:00',
  });
});

const day = fc.integer({ min: 0, max: 84_005 }).map((days) => addDays('1970-01-01', days));
const time = fc.integer({ min: 0, max: 1439 }).map(timeOfMinutes);
const later = fc.integer({ min: 0, max: 400 });
const ranges = fc.record({
  startDate: day,
  days: fc.option(later, { nil: undefined }),
  times: fc.option(fc.tuple(time, fc.oneof(time, fc.constant('24:00'))), { nil: null }),
});

test('what is shown of a range reads as the same range', () => {
  fc.assert(
    fc.property(ranges, ({ startDate, days, times }) => {
      const endDate = days === undefined ? undefined : addDays(startDate, days);
      const { range } = read({ startDate, endDate, startTime: times?.[0], endTime: times?.[1] });
      fc.pre(range !== undefined && (endDate ?? startDate) < '2200-01-01');
      if (range === undefined) return;
      expect(range.from < range.to).toBe(true);
      expect(read(showLocalRange(range))).toEqual({ range, fields: [] });
    }),
  );
});

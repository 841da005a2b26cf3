import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeOfMinutes } from '../../src/calendar/time.ts';
import type { Fault } from '../../src/outcome.ts';
import { readPeriods, readWeek, type WrittenWeekday, writtenPeriod } from '../../src/shop/week.ts';

function faultsOf(week: WrittenWeekday[]): (string | undefined)[] {
  const faults: Fault[] = [];
  readWeek(week, 'weeklyHours', faults);
  return faults.map(({ field }) => field);
}

test('a period that closes at or before it opens ends on the following day', () => {
  const faults: Fault[] = [];
  const week = [
    { weekday: 5, opens: '20:00', closes: '02:00' },
    { weekday: 1, opens: '00:00', closes: '24:00' },
    { weekday: 2, opens: '09:00', closes: '00:00' },
  ];
  expect(readWeek(week, 'openingHours', faults)).toEqual([
    { weekday: 1, opens: 0, closes: 1440 },
    { weekday: 2, opens: 540, closes: 1440 },
    { weekday: 5, opens: 1200, closes: 1560 },
  ]);
  expect(faults).toEqual([]);
});

test('periods of one weekday may touch, and those of two may overlap past midnight', () => {
  expect(
    faultsOf([
      { weekday: 1, opens: '13:00', closes: '17:00' },
      { weekday: 1, opens: '09:00', closes: '13:00' },
      { weekday: 1, opens: '17:00', closes: '20:00' },
      { weekday: 2, opens: '20:00', closes: '04:00' },
      { weekday: 3, opens: '02:00', closes: '10:00' },
    ]),
  ).toEqual([]);
});

test('every fault is named at its place, an overlap at the later of the two', () => {
  expect(
    faultsOf([
      { weekday: 1, opens: '09:00', closes: '12:00' },
      { weekday: 1, opens: '9:00', closes: '25:00' },
      { weekday: 2, opens: '10:00', closes: '10:00' },
      { weekday: 2, opens: '24:00', closes: '12:00' },
      { weekday: 1, opens: '11:59', closes: '14:00' },
      { weekday: 3, opens: '22:00', closes: '08:00' },
      { weekday: 3, opens: '23:00', closes: '23:30' },
    ]),
  ).toEqual([
    'weeklyHours/1/opens',
    'weeklyHours/1/closes',
    'weeklyHours/2/closes',
    'weeklyHours/3/opens',
    'weeklyHours/4',
    'weeklyHours/6',
  ]);
});

test('the periods of a date are judged like those of a weekday', () => {
  const faults: Fault[] = [];
  const periods = [
    { opens: '09:00', closes: '12:00' },
    { opens: '08:00', closes: '09:01' },
  ];
  readPeriods(periods, 'periods', faults);
  expect(faults).toEqual([
    {
      code: 'validation_failed',
      field: 'periods/1',
      detail: '08:00 to 09:01 overlaps 09:00 to 12:00. Make them one period, or leave a gap.',
    },
  ]);
});

const weekday = fc.integer({ min: 1, max: 7 });
const minute = fc.integer({ min: 0, max: 1439 });
const week = fc.array(fc.record({ weekday, opens: minute, length: fc.integer({ min: 1, max: 1439 }) }), {
  maxLength: 12,
});

test('what was read is written as it was, but for the spelling of midnight, and reads the same again', () => {
  fc.assert(
    fc.property(week, (periods) => {
      const written = periods.map(({ weekday, opens, length }) => ({
        weekday,
        opens: timeOfMinutes(opens),
        closes: timeOfMinutes((opens + length) % 1440),
      }));
      const faults: Fault[] = [];
      const read = readWeek(written, 'week', faults);
      // Of those that overlap only the fault is of interest.
      fc.pre(faults.length === 0);
      const again = read.map((period) => ({ weekday: period.weekday, ...writtenPeriod(period) }));
      const spelt = written.map((period) => ({
        ...period,
        closes: period.closes === '00:00' ? '24:00' : period.closes,
      }));
      expect(again).toEqual(expect.arrayContaining(spelt));
      expect(again).toHaveLength(spelt.length);
      expect(readWeek(again, 'week', faults)).toEqual(read);
    }),
  );
});

test('a week is at fault exactly where two minutes of one weekday are taken twice', () => {
  fc.assert(
    fc.property(week, (periods) => {
      const written = periods.map(({ weekday, opens, length }) => ({
        weekday,
        opens: timeOfMinutes(opens),
        closes: timeOfMinutes((opens + length) % 1440),
      }));
      const taken = new Set<number>();
      let twice = false;
      for (const { weekday, opens, length } of periods)
        for (let minute = opens; minute < opens + length; minute++) {
          twice ||= taken.has(weekday * 10_000 + minute);
          taken.add(weekday * 10_000 + minute);
        }
      expect(faultsOf(written).length > 0).toBe(twice);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interval } from '../../src/calendar/interval.ts';
import { localDay } from '../../src/calendar/time.ts';
import {
  type DayRules,
  elapsedOf,
  openingHours,
  type Period,
  timeOffWithin,
  workingTime,
} from '../../src/calendar/working-time.ts';
import {
  changesOf,
  dateAfter,
  isWithin,
  MINUTE,
  momentsOf,
  rangesNear,
  rulesNear,
  worksNear,
  ZONES,
  zoneAndDate,
} from './oracle.ts';

const NEW_YORK = 'America/New_York';
const [SPRING, AUTUMN] = ['2026-03-08', '2026-11-01'];
const hours = (opens: number, closes: number): Period => ({ opens: opens * 60, closes: closes * 60 });
const ALWAYS = [hours(0, 24)];

/** The same hours every day, in a shop that is always open. */
function every(periods: Period[], changes: Partial<DayRules> = {}): DayRules {
  return { hoursOn: () => periods, openingOn: () => ALWAYS, closures: [], ...changes };
}

const total = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, [start, end]) => sum + end - start, 0);

describe('working time', () => {
  test('is what hours and opening hours have in common, without closures', () => {
    const rules: DayRules = {
      hoursOn: () => [hours(8, 12), hours(13, 20)],
      openingOn: () => [hours(9, 19)],
      closures: [{ from: '2026-11-23T15:00', to: '2026-11-23T16:30' }],
    };
    expect(workingTime(localDay(NEW_YORK, '2026-11-23'), rules)).toEqual([
      [540, 720],
      [780, 900],
      [990, 1140],
    ]);
  });

  test('is empty on a day without opening hours, and on one that a closure covers', () => {
    const day = localDay(NEW_YORK, '2026-12-25');
    expect(workingTime(day, every([hours(9, 17)], { openingOn: () => [] }))).toEqual([]);
    const closures = [{ from: '2026-12-24T12:00', to: '2026-12-27T00:00' }];
    expect(workingTime(day, every([hours(9, 17)], { closures }))).toEqual([]);
  });

  test('of a night shift is in the evening of its date and in the morning of the next', () => {
    expect(workingTime(localDay(NEW_YORK, '2026-11-23'), every([hours(22, 30)]))).toEqual([
      [0, 360],
      [1320, 1440],
    ]);
  });

  test('past midnight counts the rules of the date on which the shift began', () => {
    const fridays: DayRules = every([], {
      hoursOn: (date) => (date === '2026-11-27' ? [hours(20, 26)] : []),
      openingOn: (date) => (date === '2026-11-27' ? [hours(20, 25)] : []),
    });
    expect(workingTime(localDay(NEW_YORK, '2026-11-27'), fridays)).toEqual([[1200, 1440]]);
    expect(workingTime(localDay(NEW_YORK, '2026-11-28'), fridays)).toEqual([[0, 60]]);
  });

  test('of a night shift is an hour longer when clocks go back and an hour shorter when they go forward', () => {
    const night = every([hours(22, 30)]);
    const morning = (date: string) => workingTime(localDay(NEW_YORK, date), night)[0];
    expect(morning('2026-11-02')).toEqual([0, 6 * 60]);
    expect(morning(AUTUMN)).toEqual([0, 7 * 60]);
    expect(morning(SPRING)).toEqual([0, 5 * 60]);
  });

  test('of a day shift keeps its length and its hours on the clock when clocks change at night', () => {
    const day = every([hours(9, 17)]);
    expect(workingTime(localDay(NEW_YORK, AUTUMN), day)).toEqual([[600, 1080]]);
    expect(workingTime(localDay(NEW_YORK, SPRING), day)).toEqual([[480, 960]]);
  });

  test('that ends within the hour that is repeated is worked in both', () => {
    // 01:00 to 01:30 on the clock, with -04:00 and again with -05:00.
    expect(workingTime(localDay(NEW_YORK, AUTUMN), every([{ opens: 60, closes: 90 }]))).toEqual([
      [60, 90],
      [120, 150],
    ]);
  });

  test('within the hour that is skipped does not exist', () => {
    expect(workingTime(localDay(NEW_YORK, SPRING), every([hours(2, 3)]))).toEqual([]);
    expect(elapsedOf(localDay(NEW_YORK, SPRING), [[60, 240]])).toEqual([[60, 180]]);
  });
});

describe('opening hours', () => {
  const on = (periods: Period[], changes: Partial<DayRules> = {}) =>
    openingHours(localDay(NEW_YORK, '2026-11-23'), every([], { openingOn: () => periods, ...changes }));

  test('run from the first opening to the last closing', () => {
    expect(on([hours(14, 19), hours(9, 12)])).toEqual({ start: '09:00', end: '19:00' });
  });

  test('end at 24:00, or past midnight', () => {
    expect(on([hours(0, 24)])).toEqual({ start: '00:00', end: '24:00' });
    expect(on([hours(20, 26)])).toEqual({ start: '20:00', end: '02:00' });
  });

  test('are shortened by a closure, and null on a closed day', () => {
    const until = (to: string) => ({ closures: [{ from: '2026-11-23T00:00', to }] });
    expect(on([hours(9, 19)], until('2026-11-23T13:00'))).toEqual({ start: '13:00', end: '19:00' });
    expect(on([hours(9, 19)], until('2026-11-24T00:00'))).toBeNull();
    expect(on([])).toBeNull();
  });

  test('are null on a date that the zone skipped', () => {
    const rules = every([], { openingOn: () => [hours(9, 19)] });
    expect(openingHours(localDay('Pacific/Apia', '2011-12-30'), rules)).toBeNull();
    expect(workingTime(localDay('Pacific/Apia', '2011-12-30'), every([hours(9, 19)]))).toEqual([]);
  });
});

describe('against the oracle', () => {
  const has = (intervals: readonly Interval[], minute: number): boolean =>
    intervals.some(([start, end]) => start <= minute && minute < end);

  test('day, night and early shifts at every clock change of every zone, 2025 to 2027', () => {
    const shifts = [[hours(9, 17)], [hours(22, 30)], [{ opens: 30, closes: 150 }]].map((one) => every(one));
    for (const zone of ZONES) {
      for (const date of changesOf(zone, '2025-01-01', '2028-01-01')) {
        const day = localDay(zone, date);
        const locals = momentsOf(zone, date, 30).map(([, local]) => local);
        for (const shift of shifts) {
          const working = workingTime(day, shift);
          const works = worksNear(date, shift);
          locals.forEach((local, n) => {
            if (has(working, n * 30) !== works(local)) expect.fail(`${zone} ${local}, minute ${n * 30}`);
          });
        }
      }
    }
  }, 60_000);

  test('any rules in any zone on any day, minute by minute', () => {
    const world = zoneAndDate.chain(([zone, date]) =>
      fc.record({
        zone: fc.constant(zone),
        date: fc.constant(date),
        rules: rulesNear(date),
        timeOff: rangesNear(date, 3),
      }),
    );
    fc.assert(
      fc.property(world, ({ zone, date, rules, timeOff }) => {
        const day = localDay(zone, date);
        const working = workingTime(day, rules);
        const off = timeOffWithin(day, timeOff);
        const works = worksNear(date, rules);
        let [worked, free] = [0, 0];
        for (const [instant, local] of momentsOf(zone, date)) {
          const minute = (instant - day.startsAt) / MINUTE;
          if (has(working, minute) !== works(local)) expect.fail(`working at ${local}: ${!works(local)}`);
          if (has(off, minute) !== isWithin(local, timeOff)) expect.fail(`time off at ${local}`);
          worked += works(local) ? 1 : 0;
          free += isWithin(local, timeOff) ? 1 : 0;
        }
        // Nothing outside the frame, nothing twice.
        expect([total(working), total(off)]).toEqual([worked, free]);
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  test('what a date works is in its frame, even the end of a date that clocks show again after midnight', () => {
    const late = every([{ opens: 23 * 60 + 15, closes: 24 * 60 }]);
    const date = '2010-11-07';
    expect(workingTime(localDay('America/St_Johns', dateAfter(date, -1)), late)).toEqual([[1395, 1440]]);
    expect(workingTime(localDay('America/St_Johns', date), late)[0]).toEqual([15, 60]);
    // Two days of work that began on the 5th end when the 6th does, for the second time.
    const long = every([], { hoursOn: (on) => (on === '2010-11-05' ? [hours(0, 48)] : []) });
    expect(workingTime(localDay('America/St_Johns', date), long)).toEqual([[1, 60]]);
  });
});

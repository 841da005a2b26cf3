import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  datesFrom,
  daysBetween,
  isDate,
  isoWeekday,
  isTime,
  minutesOfTime,
  timeOfMinutes,
} from '../../src/calendar/time.ts';

describe('dates', () => {
  test.each(['2026-11-23', '2024-02-29', '1970-01-01', '2199-12-31'])('%s is a date', (date) => {
    expect(isDate(date)).toBe(true);
  });

  test.each([
    '2026-02-30',
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '1969-12-31',
    '2200-01-01',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '2026-01-01\n',
    '',
  ])('%j is not a date', (text) => {
    expect(isDate(text)).toBe(false);
  });

  test('are counted like Temporal counts them, every day from 1970 to 2199', () => {
    let date = Temporal.PlainDate.from('1970-01-01');
    const last = Temporal.PlainDate.from('2199-12-31');
    for (const text of datesFrom('1970-01-01', '2199-12-31')) {
      if (text !== date.toString() || !isDate(text) || isoWeekday(text) !== date.dayOfWeek) {
        expect.fail(`${text} is not ${date}, weekday ${isoWeekday(text)} is not ${date.dayOfWeek}`);
      }
      date = date.add({ days: 1 });
    }
    expect(date.subtract({ days: 1 }).equals(last)).toBe(true);
  });

  test('addDays and daysBetween are inverse, and agree with Temporal', () => {
    const day = fc.integer({ min: -700_000, max: 2_900_000 });
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (start, by) => {
        const from = Temporal.PlainDate.from('1970-01-01').add({ days: start });
        const to = addDays(from.toString(), by);
        expect(to).toBe(from.add({ days: by }).toString());
        expect(daysBetween(from.toString(), to)).toBe(by);
      }),
    );
  });

  test('datesFrom includes both ends and is empty backwards', () => {
    expect(datesFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(datesFrom('2026-03-01', '2026-03-01')).toEqual(['2026-03-01']);
    expect(datesFrom('2026-03-02', '2026-03-01')).toEqual([]);
  });

  test('a date that does not exist is refused by name', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(/^date: "2026-02-30"/);
    expect(() => isoWeekday('yesterday')).toThrow(RangeError);
  });
});

describe('wall times', () => {
  test('09:30 is minute 570 of the day', () => {
    expect(minutesOfTime('09:30')).toBe(570);
    expect(timeOfMinutes(570)).toBe('09:30');
  });

  test('every minute of the day there and back, 24:00 being the end of the day', () => {
    for (let minute = 0; minute <= 1440; minute++) {
      const time = timeOfMinutes(minute);
      expect(minutesOfTime(time)).toBe(minute);
      expect(isTime(time)).toBe(minute < 1440);
    }
    expect(timeOfMinutes(1440)).toBe('24:00');
  });

  test.each(['9:30', '24:00', '23:60', '12:00:00', '', '12:0', ' 12:00', '12:00\n'])(
    '%j is not a time',
    (text) => {
      expect(isTime(text)).toBe(false);
    },
  );

  test('what is not a time or a minute of the day is refused by name', () => {
    expect(() => minutesOfTime('25:00')).toThrow(/^time: "25:00"/);
    expect(() => timeOfMinutes(1441)).toThrow(/^minutes: 1441/);
    expect(() => timeOfMinutes(-1)).toThrow(RangeError);
    expect(() => timeOfMinutes(0.5)).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dateAt,
  formatInstant,
  instantsOf,
  localDay,
  timeOfMinutes,
  wallMinutesAt,
  wallTimeAt,
} from '../../src/calendar/time.ts';
import { changesOf, dateAfter, MINUTE, momentsOf, ODD_DAYS, startOf, ZONES, zoneAndDate } from './oracle.ts';

/** Plain comparison: expect() for each of half a million samples would take minutes. */
function mustBe(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) expect.fail(`${what}: got ${actual}, expected ${expected}`);
}

/** Compares a date's frame, and both neighbours' clocks around it, with Temporal, `step` minutes apart. */
function compareDay(zone: string, date: string, step: number): void {
  const day = localDay(zone, date);
  const what = `${zone} ${date}`;
  mustBe(day.startsAt, startOf(zone, date), `${what} startsAt`);
  mustBe(day.startsAt + day.minutes * MINUTE, startOf(zone, dateAfter(date, 1)), `${what} end`);
  const shown = new Map<string, number[]>();
  for (const near of [date, dateAfter(date, 1)]) {
    for (const [instant, local] of momentsOf(zone, near, step)) {
      shown.set(local, [...(shown.get(local) ?? []), instant]);
      if (near !== date) continue;
      mustBe(dateAt(zone, instant), date, `${what} dateAt ${local}`);
      mustBe(wallTimeAt(zone, instant), local.slice(11), `${what} wallTimeAt`);
      mustBe(timeOfMinutes(wallMinutesAt(zone, instant)), local.slice(11), `${what} wallMinutesAt`);
      mustBe(formatInstant(instant, zone).slice(0, 16), local, `${what} formatInstant`);
    }
  }
  for (let minute = 0; minute < 1440; minute += step) {
    const time = timeOfMinutes(minute);
    const expected = shown.get(`${date}T${time}`) ?? [];
    mustBe(String(instantsOf(zone, date, time)), String(expected), `${what} instantsOf ${time}`);
  }
}

test.each(ODD_DAYS)('%s on %s and around it is like Temporal, minute by minute', (zone, date) => {
  for (const days of [-1, 0, 1]) compareDay(zone, dateAfter(date, days), 1);
});

test('every clock change of every zone from 2025 to 2027 is like Temporal, each half hour', () => {
  let changes = 0;
  for (const zone of ZONES) {
    const dates = new Set(['2026-01-15', '2026-07-15']);
    for (const date of changesOf(zone, '2025-01-01', '2028-01-01')) {
      changes++;
      dates.add(date).add(dateAfter(date, -1));
    }
    for (const date of dates) compareDay(zone, date, 30);
  }
  expect(changes).toBeGreaterThan(500);
}, 60_000);

test('any zone on any day is like Temporal', () => {
  fc.assert(
    fc.property(zoneAndDate, ([zone, date]) => compareDay(zone, date, 5)),
    { numRuns: 60 },
  );
}, 60_000);

describe('against Intl itself, in case Temporal is wrong', () => {
  test('every zone shows the same time, each hour around its clock changes', () => {
    for (const zone of ZONES) {
      const format = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'short',
      });
      for (const date of ['2026-01-15', ...changesOf(zone, '2026-01-01', '2027-01-01')]) {
        for (const [instant] of momentsOf(zone, date, 60)) {
          const local = formatInstant(instant, zone).slice(0, 16).replace('T', ' ');
          mustBe(local, format.format(instant), `${zone} ${date}`);
        }
      }
    }
  }, 60_000);
});

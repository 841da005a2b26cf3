import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Loaded, Versions } from '../../../src/availability/source.ts';
import type { BarberDay, Busy } from '../../../src/calendar/barber-day.ts';
import { compare } from '../../../src/insight/drift/comparison.ts';
import type { BarberSchedule } from '../../../src/shop/rules.ts';

const NOW = Date.parse('2026-11-22T15:00:00Z');
const VERSIONS: Versions = { shop: 3, barber: 2, day: 5 };

function day(busy: readonly Busy[], versions = VERSIONS): Loaded<BarberDay> {
  const value: BarberDay = {
    barberId: 1,
    date: '2026-11-23',
    startsAt: 0,
    minutes: 1_440,
    working: [[540, 1_020]],
    timeOff: [],
    busy,
  };
  return { value, versions, loadedAt: NOW };
}

const ofDays = (cached: Loaded<BarberDay>, actual: Loaded<BarberDay>) => compare('days', cached, actual, NOW);

describe('a cached day', () => {
  test('that is what Postgres says is the same', () => {
    expect(ofDays(day([[540, 570]]), day([[540, 570]]))).toBe('same');
  });

  test.each<readonly [string, readonly Busy[]]>([
    [
      'has a booking too few',
      [
        [540, 570],
        [600, 630],
      ],
    ],
    ['has one too many', []],
    ['has it at another time', [[541, 571]]],
    ['has it turned round', [[570, 540]]],
    ['has a hold for a booking', [[540, 570, NOW + 60_000]]],
  ])('of the same versions that %s differs', (_how, busy) => {
    expect(ofDays(day([[540, 570]]), day(busy))).toBe('differs');
  });

  test('of a lower version is old, whatever is in it', () => {
    for (const older of [{ shop: 2 }, { barber: 1 }, { day: 4 }])
      expect(ofDays(day([], { ...VERSIONS, ...older }), day([[540, 570]]))).toBe('old');
  });

  test('of a version that Postgres never had is ahead, even where another of its versions is old', () => {
    expect(ofDays(day([], { ...VERSIONS, day: 6 }), day([]))).toBe('ahead');
    expect(ofDays(day([], { shop: 2, barber: 2, day: 6 }), day([]))).toBe('ahead');
  });

  test('holds that lapse free themselves by the clock: that is no difference', () => {
    const hold: Busy = [600, 630, NOW];
    expect(ofDays(day([hold]), day([]))).toBe('same');
    expect(ofDays(day([[600, 630, NOW + 1]]), day([]))).toBe('differs');
  });

  test('that Postgres has no more, though nothing has changed, differs', () => {
    expect(compare('days', day([]), { ...day([]), value: undefined }, NOW)).toBe('differs');
  });
});

describe('a cached schedule', () => {
  const DAY_MS = 86_400_000;
  const date = (days: number) => new Date(NOW + days * DAY_MS).toISOString().slice(0, 10);

  /** As Postgres gives it to whoever loads so many days from now. */
  function loaded(atDay: number, offs: readonly (readonly [number, number])[]): Loaded<BarberSchedule> {
    const [first, last] = [date(atDay - 7), date(atDay + 3 * 365)];
    const timeOff = offs
      .map(([from, to]) => ({
        from: `${date(from) < first ? first : date(from)}T15:00`,
        to: `${date(to) > last ? last : date(to)}T15:00`,
      }))
      .filter(({ from, to }) => from < to);
    const overrides = offs
      .filter(([from]) => from > atDay - 7)
      .map(([from]) => ({ date: date(from), periods: [{ opens: 540, closes: 600 }] }));
    const value: BarberSchedule = { barberId: 1, weeklyHours: [], overrides, timeOff };
    return { value, versions: VERSIONS, loadedAt: NOW + atDay * DAY_MS };
  }

  test('is the same a day later, though what was a week ago is no more loaded', () => {
    const range = fc
      .tuple(fc.integer({ min: -20, max: 1_200 }), fc.integer({ min: 1, max: 400 }))
      .map(([from, length]) => [from, from + length] as const);
    fc.assert(
      fc.property(fc.array(range), (offs) => {
        expect(compare('schedules', loaded(0, offs), loaded(1, offs), NOW)).toBe('same');
        expect(compare('schedules', loaded(0, offs), loaded(0, [...offs].reverse()), NOW)).toBe('same');
      }),
    );
  });

  test('that lacks a day off differs', () => {
    expect(compare('schedules', loaded(0, []), loaded(0, [[2, 3]]), NOW)).toBe('differs');
    expect(compare('schedules', loaded(0, [[2, 4]]), loaded(0, [[2, 3]]), NOW)).toBe('differs');
  });
});

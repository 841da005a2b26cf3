import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  dateAt,
  formatInstant,
  instantsOf,
  isTimeZone,
  localDay,
  parseInstant,
  wallMinutesAt,
  wallTimeAt,
} from '../../src/calendar/time.ts';

const NEW_YORK = 'America/New_York';
const formatted = (zone: string, date: string, time: string): string[] =>
  instantsOf(zone, date, time).map((instant) => formatInstant(instant, zone));
const at = (text: string): number => parseInstant(text) ?? expect.fail(`${text} is not an instant`);

describe('New York', () => {
  test('in autumn 01:30 happens twice, with -04:00 and with -05:00', () => {
    expect(formatted(NEW_YORK, '2026-11-01', '01:30')).toEqual([
      '2026-11-01T01:30:00-04:00',
      '2026-11-01T01:30:00-05:00',
    ]);
    expect(localDay(NEW_YORK, '2026-11-01').minutes).toBe(25 * 60);
  });

  test('in spring 02:30 does not exist', () => {
    expect(formatted(NEW_YORK, '2026-03-08', '02:30')).toEqual([]);
    expect(formatted(NEW_YORK, '2026-03-08', '03:00')).toEqual(['2026-03-08T03:00:00-04:00']);
    expect(localDay(NEW_YORK, '2026-03-08').minutes).toBe(23 * 60);
  });

  test('a day is described by its stretches of constant offset', () => {
    expect(localDay(NEW_YORK, '2026-11-01')).toEqual({
      zone: NEW_YORK,
      date: '2026-11-01',
      startsAt: at('2026-11-01T04:00:00Z'),
      minutes: 1500,
      segments: [
        { from: 0, to: 120, wallFrom: 0, offset: -240 },
        { from: 120, to: 1500, wallFrom: 60, offset: -300 },
      ],
    });
  });
});

describe('elsewhere', () => {
  test('Lord Howe moves its clocks by half an hour', () => {
    expect(localDay('Australia/Lord_Howe', '2026-04-05').minutes).toBe(1470);
    expect(localDay('Australia/Lord_Howe', '2026-10-04').minutes).toBe(1410);
    expect(formatted('Australia/Lord_Howe', '2026-04-05', '01:45')).toEqual([
      '2026-04-05T01:45:00+11:00',
      '2026-04-05T01:45:00+10:30',
    ]);
  });

  test('where clocks skip midnight, the day begins at 01:00', () => {
    const day = localDay('America/Santiago', '2026-09-06');
    expect(formatInstant(day.startsAt, 'America/Santiago')).toBe('2026-09-06T01:00:00-03:00');
    expect(day.minutes).toBe(23 * 60);
    expect(formatted('America/Santiago', '2026-09-06', '00:30')).toEqual([]);
  });

  test('a date that the zone skipped has no minutes, no times, and no instant lies in it', () => {
    const day = localDay('Pacific/Apia', '2011-12-30');
    expect(day).toMatchObject({ minutes: 0, segments: [] });
    expect(day.startsAt).toBe(localDay('Pacific/Apia', '2011-12-31').startsAt);
    expect(instantsOf('Pacific/Apia', '2011-12-30', '12:00')).toEqual([]);
    expect(dateAt('Pacific/Apia', day.startsAt)).toBe('2011-12-31');
    expect(dateAt('Pacific/Apia', day.startsAt - 1)).toBe('2011-12-29');
  });

  test('clocks that go back over midnight repeat the end of the date in the frame of the next one', () => {
    // St John's, 2010: at 00:01 on the 7th back to 23:01 on the 6th.
    const [first, second] = instantsOf('America/St_Johns', '2010-11-06', '23:30');
    expect([first, second].map((instant) => formatInstant(instant ?? 0, 'America/St_Johns'))).toEqual([
      '2010-11-06T23:30:00-02:30',
      '2010-11-06T23:30:00-03:30',
    ]);
    expect(dateAt('America/St_Johns', first ?? 0)).toBe('2010-11-06');
    expect(dateAt('America/St_Johns', second ?? 0)).toBe('2010-11-07');
    expect(wallTimeAt('America/St_Johns', second ?? 0)).toBe('23:30');
    expect(formatted('America/St_Johns', '2010-11-07', '00:00')).toHaveLength(2);
  });
});

describe('zones', () => {
  test('are those of the IANA database, spelt as there', () => {
    for (const zone of ['Europe/Paris', 'UTC', 'Etc/GMT+5', 'US/Eastern', 'America/Port-au-Prince']) {
      expect(isTimeZone(zone), zone).toBe(true);
    }
    for (const zone of [
      '',
      'Mars/Olympus',
      '+02:00',
      'Z',
      'europe/paris',
      '2026-01-01T00:00[UTC]',
      'a'.repeat(99),
    ]) {
      expect(isTimeZone(zone), zone).toBe(false);
    }
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  test('an unknown zone, date, time or instant is refused by name', () => {
    expect(() => localDay('Mars/Olympus', '2026-01-01')).toThrow(/^zone: "Mars\/Olympus"/);
    expect(() => localDay('UTC', '2026-02-30')).toThrow(/^date: "2026-02-30"/);
    expect(() => instantsOf('UTC', '2026-01-01', '7pm')).toThrow(/^time: "7pm"/);
    for (const ask of [dateAt, wallTimeAt, wallMinutesAt]) {
      expect(() => ask('+02:00', 0)).toThrow(/^zone: /);
      expect(() => ask('UTC', Number.NaN)).toThrow(/^instant: NaN/);
    }
    expect(() => formatInstant(Number.POSITIVE_INFINITY, 'UTC')).toThrow(/^instant: /);
  });

  test('a day is computed once and cannot be changed', () => {
    const day = localDay(NEW_YORK, '2026-11-01');
    expect(localDay(NEW_YORK, '2026-11-01')).toBe(day);
    expect(Object.isFrozen(day)).toBe(true);
    expect(Object.isFrozen(day.segments)).toBe(true);
    expect(day.segments.every((segment) => Object.isFrozen(segment))).toBe(true);
  });
});

describe('instants as text', () => {
  test('are RFC 3339 with the offset of the zone at that instant', () => {
    const instant = at('2026-11-23T14:00:00Z');
    expect(formatInstant(instant, NEW_YORK)).toBe('2026-11-23T09:00:00-05:00');
    expect(formatInstant(instant, 'Asia/Kolkata')).toBe('2026-11-23T19:30:00+05:30');
    expect(formatInstant(instant, 'UTC')).toBe('2026-11-23T14:00:00+00:00');
    expect(formatInstant(instant + 59_999, 'UTC')).toBe('2026-11-23T14:00:59+00:00');
  });

  test('are read like Temporal reads them', () => {
    for (const text of [
      '2026-11-23T09:00:00-05:00',
      '2026-11-23t09:00:00z',
      '2024-02-29T23:59:59.123456Z',
      '2026-01-01T00:00:00.5+13:45',
      '1970-01-01T00:00:00-00:00',
      '2026-11-23T09:00:00.007-05:00',
    ]) {
      expect(parseInstant(text), text).toBe(Temporal.Instant.from(text).epochMilliseconds);
    }
  });

  test.each([
    '2026-11-23T09:00:00',
    '2026-11-23',
    '2026-11-23T09:00-05:00',
    '2026-11-23 09:00:00Z',
    '2026-02-30T09:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T09:60:00Z',
    '2026-12-31T23:59:60Z',
    '2026-11-23T09:00:00-5',
    '',
    '2026-11-23T09:00:00+0500',
    '2026-11-23T09:00:00+24:00',
    '2026-11-23T09:00:00.Z',
    '1764000000000',
    '+002026-11-23T09:00:00Z',
    '2026-11-23T09:00:00Z[UTC]',
    ' 2026-11-23T09:00:00Z',
    '9999-12-31T23:59:59Z',
  ])('%j is not an instant', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test('survive the way there and back in any zone', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(zone, fc.integer({ min: 1e8, max: 7e9 }), (where, second) => {
        expect(parseInstant(formatInstant(second * 1000, where))).toBe(second * 1000);
      }),
    );
  });
});

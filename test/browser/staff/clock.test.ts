import { describe, expect, test } from 'vitest';
import { startAt, startsIn } from '../../../web/staff/time/grid.ts';
import { offsetAt, shiftWall, wallAt, wallSpan } from '../../../web/staff/time/wall-clock.ts';

const NEW_YORK = 'America/New_York';

describe('what the shop’s clock shows', () => {
  test.each([
    ['2026-11-23T09:00:00-05:00', '2026-11-23T09:00', '-05:00'],
    ['2026-07-01T00:00:00-04:00', '2026-07-01T00:00', '-04:00'],
    // Clocks go back: half past one comes twice.
    ['2026-11-01T01:30:00-04:00', '2026-11-01T01:30', '-04:00'],
    ['2026-11-01T01:30:00-05:00', '2026-11-01T01:30', '-05:00'],
    // Clocks go forward: after 01:59 comes 03:00.
    ['2026-03-08T06:59:00Z', '2026-03-08T01:59', '-05:00'],
    ['2026-03-08T07:00:00Z', '2026-03-08T03:00', '-04:00'],
  ])('at %s is %s, %s', (instant, wall, offset) => {
    expect(wallAt(instant, NEW_YORK)).toBe(wall);
    expect(offsetAt(Date.parse(instant), NEW_YORK)).toBe(offset);
  });

  test('does not depend on the zone of the device, and knows half hours', () => {
    expect(wallAt('2026-11-23T09:00:00Z', 'Asia/Kolkata')).toBe('2026-11-23T14:30');
    expect(offsetAt(Date.parse('2026-11-23T09:00:00Z'), 'Asia/Kolkata')).toBe('+05:30');
  });
});

describe('on the day on which clocks go back', () => {
  const working = [{ start: '2026-11-01T00:30:00-04:00', end: '2026-11-01T04:00:00-05:00' }];
  const starts = startsIn(working, 30, NEW_YORK);

  test('slots run in elapsed time, so that the repeated hour has its slots twice', () => {
    expect(starts.map(({ wall }) => wall.slice(11))).toEqual([
      '00:30',
      '01:00',
      '01:30',
      '01:00',
      '01:30',
      '02:00',
      '02:30',
      '03:00',
      '03:30',
    ]);
  });

  test('a place in the repeated hour means the instant that is nearer to where the booking was', () => {
    const [first, second] = ['2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00'].map((text) =>
      Date.parse(text),
    );
    const before = Date.parse('2026-11-01T00:30:00-04:00');
    const after = Date.parse('2026-11-01T03:30:00-05:00');
    expect(startAt(starts, '2026-11-01T01:30', 30, before)?.instant).toBe(first);
    expect(startAt(starts, '2026-11-01T01:30', 30, after)?.instant).toBe(second);
  });

  test('what ends within the repeated hour is drawn as long as it takes', () => {
    const span = wallSpan({ start: '2026-11-01T01:45:00-04:00', end: '2026-11-01T01:15:00-05:00' }, NEW_YORK);
    expect(span).toEqual({ start: '2026-11-01T01:45', end: '2026-11-01T02:15' });
  });
});

describe('a place on the grid', () => {
  const working = [
    { start: '2026-11-23T09:05:00-05:00', end: '2026-11-23T12:00:00-05:00' },
    { start: '2026-11-23T13:00:00-05:00', end: '2026-11-23T17:00:00-05:00' },
  ];
  const starts = startsIn(working, 30, NEW_YORK);

  test('means the nearest start, counted from each opening', () => {
    expect(startAt(starts, '2026-11-23T09:30', 30)?.wall).toBe('2026-11-23T09:35');
    expect(startAt(starts, '2026-11-23T13:00', 30)?.wall).toBe('2026-11-23T13:00');
  });

  test('means nothing where nobody works, nor in an hour that never was', () => {
    expect(startAt(starts, '2026-11-23T18:00', 30)).toBeUndefined();
    const night = startsIn(
      [{ start: '2026-03-08T01:00:00-05:00', end: '2026-03-08T05:00:00-04:00' }],
      30,
      NEW_YORK,
    );
    expect(night.map(({ wall }) => wall.slice(11))).toEqual([
      '01:00',
      '01:30',
      '03:00',
      '03:30',
      '04:00',
      '04:30',
    ]);
    expect(startAt(night, '2026-03-08T02:15', 15)).toBeUndefined();
  });

  test('is moved by plain arithmetic, over midnight too', () => {
    expect(shiftWall('2026-11-23T23:30', 45)).toBe('2026-11-24T00:15');
    expect(shiftWall('2026-03-08T01:30', 60)).toBe('2026-03-08T02:30');
  });
});

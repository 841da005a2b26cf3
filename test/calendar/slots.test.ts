import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Busy, longestFree, type Timeline } from '../../src/calendar/barber-day.ts';
import { normalise } from '../../src/calendar/interval.ts';
import {
  type BookingWindow,
  bookableStarts,
  daySlots,
  gridStarts,
  isOnGrid,
  nearestReason,
  reasonAgainst,
  type ServiceTime,
} from '../../src/calendar/slots.ts';

const MINUTE = 60_000;
const HAIRCUT: ServiceTime = { duration: 30, bufferBefore: 0, bufferAfter: 0 };
const OPEN: BookingWindow = {
  now: 0,
  earliest: 0,
  latest: 1e15,
};

/** Ten to twelve and one to three, and nothing booked. */
function day(changes: Partial<Timeline> = {}): Timeline {
  return {
    date: '2026-11-23',
    startsAt: 1_000_000 * MINUTE,
    minutes: 1440,
    working: [
      [600, 720],
      [780, 900],
    ],
    timeOff: [],
    busy: [],
    ...changes,
  };
}

describe('the grid', () => {
  test('runs from each opening, and a break has no slots', () => {
    expect(gridStarts(day(), 45)).toEqual([600, 645, 690, 780, 825, 870]);
  });

  test('of a shift that began yesterday goes on from its opening', () => {
    expect(gridStarts(day({ working: [[-100, 100]] }), 30)).toEqual([20, 50, 80]);
  });

  test('ends with the day, though the shift goes on', () => {
    expect(gridStarts(day({ working: [[1390, 1800]] }), 30)).toEqual([1390, 1420]);
  });

  test('is there whether slots are free or not', () => {
    expect(gridStarts(day({ busy: [[0, 1440]], timeOff: [[0, 1440]] }), 60)).toEqual([600, 660, 780, 840]);
  });

  test('tells a start that is on it from one that is off it or outside working time', () => {
    expect(isOnGrid(day(), 645, 45)).toBe('on');
    expect(isOnGrid(day(), 650, 45)).toBe('off');
    expect(isOnGrid(day(), 720, 45)).toBe('outside');
    expect(isOnGrid(day({ working: [[-100, 100]] }), -100, 50)).toBe('outside');
  });

  test('needs a slot length', () => {
    expect(() => gridStarts(day(), 0)).toThrow(/^slotMinutes: 0/);
    expect(() => bookableStarts(day(), Number.NaN, HAIRCUT, OPEN)).toThrow(RangeError);
  });
});

describe('the reason against a slot', () => {
  const at = (minute: number): number => day().startsAt + minute * MINUTE;
  const reason = (
    start: number,
    changes: Partial<Timeline> = {},
    service: Partial<ServiceTime> = {},
    window: Partial<BookingWindow> = {},
  ) => reasonAgainst(day(changes), start, { ...HAIRCUT, ...service }, { ...OPEN, ...window });

  test('is none for a free slot', () => {
    expect(reason(600)).toBeUndefined();
  });

  test('is past before now, and no longer at this very moment', () => {
    expect(reason(600, {}, {}, { now: at(600) + 1 })).toBe('past');
    expect(reason(600, {}, {}, { now: at(600), earliest: at(600) })).toBeUndefined();
  });

  test('is notice before the earliest start, too_far_ahead from the latest on', () => {
    expect(reason(600, {}, {}, { earliest: at(601) })).toBe('notice');
    expect(reason(600, {}, {}, { latest: at(600) })).toBe('too_far_ahead');
    expect(reason(600, {}, {}, { latest: at(601) })).toBeUndefined();
  });

  test('is too_long where the service runs into a break, and not where it just fits', () => {
    expect(reason(690)).toBeUndefined();
    expect(reason(691)).toBe('too_long');
    expect(reason(400)).toBe('too_long');
  });

  test('is time_off where the service meets time off', () => {
    expect(reason(600, { timeOff: [[629, 700]] })).toBe('time_off');
    expect(reason(600, { timeOff: [[630, 700]] })).toBeUndefined();
  });

  test('is booked where the service itself meets a booking, buffer where only its buffers do', () => {
    const booked: Partial<Timeline> = { busy: [[640, 660]] };
    expect(reason(615, booked)).toBe('booked');
    expect(reason(610, booked)).toBeUndefined();
    expect(reason(610, booked, { bufferAfter: 1 })).toBe('buffer');
    expect(reason(660, booked)).toBeUndefined();
    expect(reason(660, booked, { bufferBefore: 1 })).toBe('buffer');
  });

  test('is none where a buffer reaches out of working time or into time off', () => {
    expect(reason(600, { timeOff: [[630, 700]] }, { bufferBefore: 30, bufferAfter: 30 })).toBeUndefined();
    expect(reason(690, {}, { bufferAfter: 60 })).toBeUndefined();
  });

  test('is booked by a hold until the instant at which it lapses', () => {
    const held: Partial<Timeline> = { busy: [[600, 630, at(300)]] };
    expect(reason(600, held, {}, { now: at(300) - 1 })).toBe('booked');
    expect(reason(600, held, {}, { now: at(300) })).toBeUndefined();
  });

  test('is the first that applies', () => {
    const everything: Partial<Timeline> = { working: [], timeOff: [[0, 1440]], busy: [[0, 1440]] };
    const closed = { now: at(700), earliest: at(800), latest: at(500) };
    expect(reason(600, everything, {}, closed)).toBe('past');
    expect(reason(750, everything, {}, closed)).toBe('notice');
    expect(reason(800, everything, {}, closed)).toBe('too_far_ahead');
    expect(reason(600, everything)).toBe('too_long');
    expect(reason(600, { ...everything, working: [[0, 1440]] })).toBe('time_off');
    expect(reason(600, { ...everything, working: [[0, 1440]], timeOff: [] })).toBe('booked');
  });

  test('for any barber is that of the one nearest to free', () => {
    expect(nearestReason(['too_long', 'buffer', 'booked'])).toBe('buffer');
    expect(nearestReason(['too_long', 'time_off'])).toBe('time_off');
    expect(nearestReason(['past'])).toBe('past');
    expect(nearestReason([])).toBeUndefined();
  });
});

test('a day lists every slot of the grid, free or with its reason', () => {
  const timeline = day({ working: [[600, 720]], busy: [[630, 650]] });
  expect(daySlots(timeline, 30, { ...HAIRCUT, bufferBefore: 15 }, OPEN)).toEqual([
    { start: 600 },
    { start: 630, reason: 'booked' },
    { start: 660, reason: 'buffer' },
    { start: 690 },
  ]);
});

test('the free starts, found in one walk, are those of the grid that have no reason against them', () => {
  const spans = (maxLength: number) =>
    fc.array(
      fc
        .tuple(fc.integer({ min: -600, max: 2000 }), fc.integer({ min: 1, max: 500 }))
        .map(([start, length]) => [start, start + length] as const),
      { maxLength },
    );
  const busy: fc.Arbitrary<Busy[]> = fc
    .array(
      fc.record({
        start: fc.integer({ min: -600, max: 2000 }),
        length: fc.integer({ min: 1, max: 120 }),
        lapse: fc.option(fc.integer({ min: -2, max: 2 }), { nil: undefined }),
      }),
      { maxLength: 16 },
    )
    .map((list) =>
      list
        .sort((a, b) => a.start - b.start)
        .map(
          ({ start, length, lapse }): Busy =>
            lapse === undefined ? [start, start + length] : [start, start + length, 1e12 + lapse],
        ),
    );
  const service = fc.record({
    duration: fc.integer({ min: 1, max: 200 }),
    bufferBefore: fc.integer({ min: 0, max: 45 }),
    bufferAfter: fc.integer({ min: 0, max: 45 }),
  });
  const scene = fc.record({
    working: spans(4).map(normalise),
    timeOff: spans(2).map(normalise),
    busy,
    service,
    slotMinutes: fc.integer({ min: 1, max: 90 }),
    minutes: fc.constantFrom(1380, 1440, 1500),
    /** When the day starts, in seconds from now: the walk rounds no fraction of a minute away. */
    startsIn: fc.oneof(fc.constant(1e6), fc.integer({ min: -90_000, max: 3600 })),
    notice: fc.oneof(fc.constant(0), fc.nat(60_000)),
    horizon: fc.oneof(fc.constant(1e8), fc.nat(100_000)),
  });
  let [free, taken, full] = [0, 0, 0];
  fc.assert(
    fc.property(scene, ({ working, timeOff, minutes, slotMinutes, ...rest }) => {
      const now = 1e12;
      const startsAt = now + rest.startsIn * 1000;
      const timeline: Timeline = { date: '', startsAt, minutes, working, timeOff, busy: rest.busy };
      const window = { now, earliest: now + rest.notice * 1000, latest: now + rest.horizon * 1000 };
      const grid = gridStarts(timeline, slotMinutes);
      const expected = grid.filter(
        (start) => reasonAgainst(timeline, start, rest.service, window) === undefined,
      );
      expect(bookableStarts(timeline, slotMinutes, rest.service, window)).toEqual(expected);
      const known = { ...timeline, longestFree: longestFree(timeline) };
      expect(bookableStarts(known, slotMinutes, rest.service, window)).toEqual(expected);
      if (known.longestFree < rest.service.duration) full++;
      expect(grid.every((start) => isOnGrid(timeline, start, slotMinutes) === 'on')).toBe(true);
      free += expected.length;
      taken += grid.length - expected.length;
    }),
    { numRuns: 3000 },
  );
  // The property would hold of nothing at all.
  expect(free).toBeGreaterThan(1000);
  expect(taken).toBeGreaterThan(1000);
  expect(full).toBeGreaterThan(50);
});

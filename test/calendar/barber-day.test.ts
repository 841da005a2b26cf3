import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BarberDay,
  type Busy,
  reachesBack,
  reachesForward,
  type Timeline,
  timelineOf,
} from '../../src/calendar/barber-day.ts';
import { bookableStarts, daySlots, gridStarts, type ServiceTime } from '../../src/calendar/slots.ts';
import { addDays, formatInstant, localDay } from '../../src/calendar/time.ts';
import { type DayRules, timeOffWithin, workingTime } from '../../src/calendar/working-time.ts';
import {
  type Booking,
  type Case,
  MINUTE,
  rangesNear,
  rulesNear,
  slotsOf,
  startOf,
  zoneAndDate,
} from './oracle.ts';

type Facts = Pick<Case, 'zone' | 'rules' | 'timeOff' | 'bookings'>;

function barberDay({ zone, rules, timeOff, bookings }: Facts, date: string): BarberDay {
  const day = localDay(zone, date);
  const { startsAt, minutes } = day;
  const busy = bookings
    .map(({ from, to, lapsesAt }): Busy => {
      const start = Math.max(0, (from - startsAt) / MINUTE);
      const end = Math.min(minutes, (to - startsAt) / MINUTE);
      return lapsesAt === undefined ? [start, end] : [start, end, lapsesAt];
    })
    .filter(([start, end]) => start < end)
    .sort((a, b) => a[0] - b[0]);
  const working = workingTime(day, rules);
  return { barberId: 1, date, startsAt, minutes, working, timeOff: timeOffWithin(day, timeOff), busy };
}

/** As a reader does it: neighbours only where they can make a difference. */
function timelineFor(facts: Facts, date: string, service: ServiceTime): Timeline {
  const day = barberDay(facts, date);
  const previous = reachesBack(day, service.bufferBefore) ? barberDay(facts, addDays(date, -1)) : undefined;
  const next = reachesForward(day, service.bufferAfter) ? barberDay(facts, addDays(date, 1)) : undefined;
  return timelineOf(day, previous, next);
}

describe('a night shift, 22:00 to 06:00 in New York', () => {
  const rules: DayRules = {
    hoursOn: () => [{ opens: 22 * 60, closes: 30 * 60 }],
    openingOn: () => [{ opens: 0, closes: 24 * 60 }],
    closures: [],
  };
  const facts: Facts = { zone: 'America/New_York', rules, timeOff: [], bookings: [] };
  const shave: ServiceTime = { duration: 60, bufferBefore: 0, bufferAfter: 0 };
  const window = { now: 0, earliest: 0, latest: 1e15 };
  const free = (date: string, slotMinutes: number): string[] => {
    const timeline = timelineFor(facts, date, shave);
    return bookableStarts(timeline, slotMinutes, shave, window).map((start) =>
      formatInstant(timeline.startsAt + start * MINUTE, facts.zone),
    );
  };

  test('in autumn offers 01:00 twice, and nine hours of work', () => {
    expect(free('2026-11-01', 60)).toEqual([
      '2026-11-01T00:00:00-04:00',
      '2026-11-01T01:00:00-04:00',
      '2026-11-01T01:00:00-05:00',
      '2026-11-01T02:00:00-05:00',
      '2026-11-01T03:00:00-05:00',
      '2026-11-01T04:00:00-05:00',
      '2026-11-01T05:00:00-05:00',
      '2026-11-01T22:00:00-05:00',
      '2026-11-01T23:00:00-05:00',
    ]);
  });

  test('in spring does not offer 02:00, and an hour from 01:30 ends at 03:30', () => {
    expect(free('2026-03-08', 60).slice(0, 5)).toEqual([
      '2026-03-08T00:00:00-05:00',
      '2026-03-08T01:00:00-05:00',
      '2026-03-08T03:00:00-04:00',
      '2026-03-08T04:00:00-04:00',
      '2026-03-08T05:00:00-04:00',
    ]);
    expect(free('2026-03-08', 30)).toContain('2026-03-08T01:30:00-05:00');
  });

  test('keeps its grid over midnight, and a slot belongs to the day on which it starts', () => {
    expect(free('2026-11-23', 45).map((start) => start.slice(11, 16))).toEqual([
      '00:15',
      '01:00',
      '01:45',
      '02:30',
      '03:15',
      '04:00',
      '04:45',
      '22:00',
      '22:45',
      '23:30',
    ]);
  });

  test('has an appointment over midnight that is busy on both dates', () => {
    const midnight = startOf(facts.zone, '2026-11-24');
    const booked = { ...facts, bookings: [{ from: midnight - 20 * MINUTE, to: midnight + 10 * MINUTE }] };
    expect(barberDay(booked, '2026-11-23').busy).toEqual([[1420, 1440]]);
    expect(timelineFor(booked, '2026-11-24', shave).busy).toContainEqual([-20, 0]);
    expect(timelineFor(booked, '2026-11-24', shave).busy).toContainEqual([0, 10]);
  });
});

describe('neighbours', () => {
  const day = (from: number, to: number): BarberDay => ({
    barberId: 1,
    date: '2026-11-23',
    startsAt: 0,
    minutes: 1440,
    working: [[from, to]],
    timeOff: [],
    busy: [],
  });

  test('are not needed for a day shift', () => {
    expect(reachesBack(day(540, 1020), 15)).toBe(false);
    expect(reachesForward(day(540, 1020), 15)).toBe(false);
    expect(timelineOf(day(540, 1020))).toEqual(day(540, 1020));
  });

  test('are needed where work goes on at midnight', () => {
    expect(reachesBack(day(0, 1020), 0)).toBe(true);
    expect(reachesForward(day(540, 1440), 0)).toBe(true);
  });

  test('are needed where a buffer reaches over midnight', () => {
    expect(reachesBack(day(15, 1020), 15)).toBe(false);
    expect(reachesBack(day(14, 1020), 15)).toBe(true);
    expect(reachesForward(day(540, 1425), 15)).toBe(false);
    expect(reachesForward(day(540, 1426), 15)).toBe(true);
  });

  test('are not needed on a day without work', () => {
    expect(reachesBack({ ...day(0, 1), working: [] }, 60)).toBe(false);
    expect(reachesForward({ ...day(0, 1), working: [] }, 60)).toBe(false);
  });
});

describe('against the oracle, over any zone, rules, time off and bookings', () => {
  /** Work that begins and ends so near to midnight that buffers reach over it. */
  const nearMidnight: fc.Arbitrary<DayRules> = fc
    .record({ opens: fc.integer({ min: 0, max: 50 }), closes: fc.integer({ min: 1390, max: 1440 }) })
    .map((period) => ({
      hoursOn: () => [period],
      openingOn: () => [{ opens: 0, closes: 1440 }],
      closures: [],
    }));
  const world: fc.Arbitrary<Case> = zoneAndDate.chain(([zone, date]) => {
    const start = startOf(zone, date);
    const booking = fc.record({
      from: fc.oneof(
        fc.integer({ min: -1440, max: 2880 }),
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: 1380, max: 1500 }),
      ),
      minutes: fc.integer({ min: 1, max: 120 }),
      lapses: fc.option(fc.constantFrom(-1, 0, 1), { nil: undefined, freq: 3 }),
    });
    const after = fc.oneof(
      { weight: 3, arbitrary: fc.constant(-100_000) },
      fc.integer({ min: -200, max: 1400 }),
    );
    return fc
      .record({
        rules: fc.oneof({ weight: 2, arbitrary: rulesNear(date) }, { weight: 1, arbitrary: nearMidnight }),
        timeOff: rangesNear(date, 2),
        bookings: fc.array(booking, { maxLength: 12 }),
        slotMinutes: fc.constantFrom(5, 10, 15, 20, 30, 45, 50, 60),
        service: fc.record({
          duration: fc.constantFrom(5, 15, 30, 45, 60, 180),
          bufferBefore: fc.constantFrom(0, 0, 5, 10, 45),
          bufferAfter: fc.constantFrom(0, 0, 5, 10, 45),
        }),
        now: after,
        earliest: after,
        latest: fc.oneof({ weight: 4, arbitrary: fc.constant(100_000) }, fc.integer({ min: 0, max: 1500 })),
      })
      .map(({ now, earliest, latest, bookings, ...rest }) => {
        const at = (minutes: number): number => start + minutes * MINUTE;
        return {
          ...rest,
          zone,
          date,
          bookings: bookings.map(({ from, minutes, lapses }): Booking => {
            const times = { from: at(from), to: at(from + minutes) };
            return lapses === undefined ? times : { ...times, lapsesAt: at(now) + lapses };
          }),
          window: { now: at(now), earliest: at(earliest), latest: at(latest) },
        };
      });
  });

  test('a day has the slots and reasons that a walk over every minute of three days finds', () => {
    fc.assert(
      fc.property(world, (one) => {
        const timeline = timelineFor(one, one.date, one.service);
        const slots = daySlots(timeline, one.slotMinutes, one.service, one.window).map((slot) => ({
          at: timeline.startsAt + slot.start * MINUTE,
          reason: slot.reason,
        }));
        expect(slots).toEqual(slotsOf(one));
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  test('neighbours that are said not to be needed make no difference', () => {
    let spared = 0;
    const met = new Set<string>();
    fc.assert(
      fc.property(world, (one) => {
        const { date, service, slotMinutes, window } = one;
        const sparing = timelineFor(one, date, service);
        const [previous, next] = [barberDay(one, addDays(date, -1)), barberDay(one, addDays(date, 1))];
        const whole = timelineOf(barberDay(one, date), previous, next);
        expect(gridStarts(sparing, slotMinutes)).toEqual(gridStarts(whole, slotMinutes));
        const slots = daySlots(sparing, slotMinutes, service, window);
        expect(slots).toEqual(daySlots(whole, slotMinutes, service, window));
        const free = slots.filter(({ reason }) => reason === undefined).map(({ start }) => start);
        expect(bookableStarts(sparing, slotMinutes, service, window)).toEqual(free);
        expect(bookableStarts(whole, slotMinutes, service, window)).toEqual(free);
        for (const { reason } of slots) met.add(reason ?? 'free');
        if (sparing.working.length > 0 && sparing.busy.length < whole.busy.length) spared++;
      }),
      { numRuns: 1500 },
    );
    // The cases cover what they are for: neighbours left out, and each of the seven reasons.
    expect(spared).toBeGreaterThan(50);
    expect(met.size).toBe(8);
  }, 60_000);
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BookingService } from '../../src/booking/types/service.ts';
import type { Reason } from '../../src/calendar/slots.ts';
import { addDays } from '../../src/calendar/time.ts';
import type { FaultCode } from '../../src/outcome.ts';
import { clockAt, createShop, createUser } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { codesOf, resultOf, services } from './services.ts';

/** How booking a slot fails for the reason with which it was shown (API.md). */
const REFUSAL: Record<Reason, FaultCode> = {
  booked: 'slot_taken',
  buffer: 'slot_taken',
  time_off: 'slot_taken',
  too_long: 'outside_hours',
  past: 'notice_too_short',
  notice: 'notice_too_short',
  too_far_ahead: 'too_far_ahead',
};

const time = (hour: number, minute = 0) =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/** Periods of a day, in order: a day shift with or without a break, or a night shift past midnight. */
const dayHours: fc.Arbitrary<{ opens: number; closes: number }[]> = fc.oneof(
  fc
    .record({ opens: fc.integer({ min: 6, max: 10 }), closes: fc.integer({ min: 14, max: 20 }) })
    .map((h) => [h]),
  fc
    .record({ opens: fc.integer({ min: 6, max: 9 }), lunch: fc.integer({ min: 11, max: 13 }) })
    .map(({ opens, lunch }) => [
      { opens, closes: lunch },
      { opens: lunch + 1, closes: 18 },
    ]),
  fc.constant<{ opens: number; closes: number }[]>([{ opens: 20, closes: 4 }]),
);

const plan = fc.record({
  timezone: fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata'),
  /** Around both clock changes of New York and Berlin, and of Lord Howe. */
  date: fc.constantFrom(
    '2026-03-08',
    '2026-11-01',
    '2026-03-29',
    '2026-10-25',
    '2026-04-05',
    '2026-10-04',
    '2026-06-10',
  ),
  hours: dayHours,
  slotMinutes: fc.constantFrom(15, 20, 30, 45),
  noticeMinutes: fc.constantFrom(0, 90, 1500),
  horizonDays: fc.constantFrom(1, 3, 60),
  cutoff: fc.constantFrom(null, '12:00'),
  duration: fc.constantFrom(15, 30, 50, 90),
  before: fc.constantFrom(0, 10),
  after: fc.constantFrom(0, 5, 25),
  /** Hours before 12:00 UTC of the date from which it is looked at. */
  lookBefore: fc.constantFrom(0, 20, 60, 120),
  timeOff: fc.option(
    fc.record({ from: fc.integer({ min: 0, max: 20 }), hours: fc.integer({ min: 1, max: 6 }) }),
  ),
  barbers: fc.constantFrom(['Ana'], ['Ana', 'Ben']),
  bookings: fc.array(fc.nat(), { maxLength: 5 }),
});

type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

const plainDay: Plan = {
  timezone: 'America/New_York',
  date: '2026-06-10',
  hours: [{ opens: 9, closes: 17 }],
  slotMinutes: 15,
  noticeMinutes: 90,
  horizonDays: 60,
  cutoff: null,
  duration: 30,
  before: 10,
  after: 25,
  lookBefore: 0,
  timeOff: { from: 12, hours: 2 },
  barbers: ['Ana'],
  bookings: [4],
};

/** Always run, so that every reason is met: too soon and in the way; over by noon; beyond the horizon. */
const EXAMPLES: [Plan][] = [
  [plainDay],
  [{ ...plainDay, timezone: 'Asia/Kolkata' }],
  [{ ...plainDay, lookBefore: 120, horizonDays: 1 }],
];

describe.each(services)('offered ⇔ bookable (%s)', (_name, open) => {
  const clock = clockAt('2026-03-01T17:00:00Z');
  let database: TestDatabase;
  let service: BookingService;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await open(database, clock);
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  test('what is offered can be booked, and what is not is refused for the reason that is shown', async () => {
    const userId = await createUser(database.db);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(plan, async (p) => {
        const shop = await createShop(database.db, {
          timezone: p.timezone,
          hours: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
            p.hours.map(({ opens, closes }) => ({ weekday, opens: time(opens), closes: time(closes) })),
          ),
          barbers: p.barbers,
          services: { Cut: [p.duration, p.before, p.after] },
          settings: {
            slot_minutes: p.slotMinutes,
            notice_minutes: p.noticeMinutes,
            horizon_days: p.horizonDays,
            ...(p.cutoff && { same_day_cutoff: p.cutoff }),
          },
        });
        if (p.timeOff !== null) {
          const from = `${p.date} ${time(p.timeOff.from)}`;
          const to = p.timeOff.from + p.timeOff.hours;
          const until = to < 24 ? `${p.date} ${time(to)}` : `${addDays(p.date, 1)} ${time(to - 24)}`;
          const off = { shop_id: shop.id, barber_id: shop.barberIds[0] ?? 0, during: `[${from}, ${until})` };
          await database.db.insertInto('time_off').values(off).execute();
        }
        const instant = Date.parse(`${p.date}T12:00:00Z`) - p.lookBefore * 3_600_000;
        clock.set(new Date(instant).toISOString());
        const look = {
          shop: shop.slug,
          targetDate: p.date,
          service: 'Cut',
          includeNextAvailable: false,
          exact: true,
        };
        const list = async () => resultOf(await service.getAvailableSlots(look)).slots;
        const book = (start: string) =>
          service.createBooking({ shop: shop.slug, userId, service: 'Cut', start });

        for (const pick of p.bookings) {
          const free = (await list()).filter(({ available }) => available);
          const chosen = free[pick % Math.max(1, free.length)];
          if (chosen !== undefined) resultOf(await book(chosen.start));
        }
        for (const slot of await list()) {
          const outcome = await book(slot.start);
          if (slot.available) {
            const { id, barberId } = resultOf(outcome);
            expect(slot.barberIds).toContain(barberId);
            await database.db.deleteFrom('booking').where('id', '=', id).execute();
          } else {
            expect(codesOf(outcome)).toEqual([slot.reason && REFUSAL[slot.reason]]);
          }
          seen.add(slot.reason ?? 'free');
        }
      }),
      { numRuns: 40, endOnFailure: false, examples: EXAMPLES },
    );
    expect([...seen].sort()).toEqual(['free', ...Object.keys(REFUSAL)].sort());
  }, 120_000);
});

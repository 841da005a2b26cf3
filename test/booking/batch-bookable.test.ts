import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { BatchItem, BatchReason } from '../../src/booking/types/availability.ts';
import { instantsOf } from '../../src/calendar/time.ts';
import type { FaultCode } from '../../src/outcome.ts';
import { useScene } from './scene.ts';
import { codesOf, resultOf, services } from './services.ts';

/** How booking fails for each reason (API.md). */
const REFUSAL: Record<BatchReason, FaultCode> = {
  booked: 'slot_taken',
  buffer: 'slot_taken',
  time_off: 'slot_taken',
  too_long: 'outside_hours',
  past: 'notice_too_short',
  notice: 'notice_too_short',
  too_far_ahead: 'too_far_ahead',
  outside_hours: 'outside_hours',
  unaligned: 'validation_failed',
};

/** A slot of Monday's, by its place in the list, or any time from Sunday to Wednesday; with a barber or any. */
const asked = fc.record({
  when: fc.oneof(
    fc.nat(),
    fc.record({
      day: fc.integer({ min: 1, max: 4 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.constantFrom(0, 30, 37),
    }),
  ),
  chair: fc.constantFrom(undefined, 0, 1),
});
const plan = fc.record({
  timezone: fc.constantFrom('America/New_York', 'Asia/Kolkata', 'Europe/Berlin'),
  opens: fc.constantFrom('06:00', '09:00', '20:00'),
  slotMinutes: fc.constantFrom(15, 30, 40),
  duration: fc.constantFrom(30, 50),
  before: fc.constantFrom(0, 10),
  after: fc.constantFrom(0, 20),
  noticeMinutes: fc.constantFrom(0, 600),
  horizonDays: fc.constantFrom(1, 5),
  booked: fc.array(fc.nat(), { maxLength: 3 }),
  timeOff: fc.option(fc.integer({ min: 7, max: 20 })),
  asked: fc.array(asked, { minLength: 5, maxLength: 10 }),
});

type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never;

/** Always run, so that every reason is met. */
const EXAMPLE: Plan = {
  timezone: 'America/New_York',
  opens: '09:00',
  slotMinutes: 30,
  duration: 50,
  before: 10,
  after: 20,
  noticeMinutes: 600,
  horizonDays: 1,
  // At 11:00 with the first barber.
  booked: [7],
  timeOff: 15,
  asked: [
    { when: 0, chair: undefined },
    { when: { day: 2, hour: 11, minute: 30 }, chair: 0 },
    { when: { day: 2, hour: 10, minute: 0 }, chair: 0 },
    { when: { day: 2, hour: 15, minute: 0 }, chair: 0 },
    { when: { day: 2, hour: 1, minute: 30 }, chair: 1 },
    { when: { day: 1, hour: 9, minute: 0 }, chair: 1 },
    { when: { day: 1, hour: 15, minute: 0 }, chair: undefined },
    { when: { day: 3, hour: 10, minute: 0 }, chair: undefined },
    { when: { day: 2, hour: 5, minute: 0 }, chair: 1 },
    { when: { day: 2, hour: 10, minute: 37 }, chair: 1 },
  ],
};

describe.each(services)('many at once (%s)', (_name, open) => {
  const scene = useScene(open);

  test('what is available can be booked, and what is not is refused for the reason that is given', async () => {
    const userId = await scene.user();
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(plan, async (p) => {
        const shop = await scene.shop({
          timezone: p.timezone,
          barbers: ['Ana', 'Ben'],
          hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: p.opens, closes: '02:00' })),
          services: { Haircut: [p.duration, p.before, p.after] },
          settings: {
            slot_minutes: p.slotMinutes,
            notice_minutes: p.noticeMinutes,
            horizon_days: p.horizonDays,
          },
        });
        if (p.timeOff !== null) {
          const during = `[2026-03-02 ${clockTime(p.timeOff)}, 2026-03-02 ${clockTime(p.timeOff + 3)})`;
          const off = { shop_id: shop.id, barber_id: shop.barberIds[0] ?? 0, during };
          await scene.database.db.insertInto('time_off').values(off).execute();
        }
        const wish = { shop: shop.slug, userId, service: 'Haircut' };
        const look = { shop: shop.slug, targetDate: '2026-03-02', includeNextAvailable: false, exact: true };
        const list = async () =>
          resultOf(await scene.service.getAvailableSlots({ ...look, service: 'Haircut' })).slots;
        for (const pick of p.booked) {
          const free = (await list()).filter(({ available }) => available);
          const start = free[pick % Math.max(1, free.length)]?.start;
          if (start !== undefined) resultOf(await scene.service.createBooking({ ...wish, start }));
        }
        const slots = await list();
        const items: BatchItem[] = p.asked.map(({ when, chair }) => {
          const barberId = chair === undefined ? undefined : shop.barberIds[chair];
          if (typeof when === 'number')
            return { service: 'Haircut', start: slots[when % slots.length]?.start ?? '', barberId };
          const [instant = 0] = instantsOf(
            p.timezone,
            `2026-03-0${when.day}`,
            clockTime(when.hour, when.minute),
          );
          return { service: 'Haircut', start: new Date(instant).toISOString(), barberId };
        });
        const { results } = resultOf(
          await scene.service.checkAvailability({ shop: shop.slug, items, exact: true }),
        );
        for (const [i, item] of items.entries()) {
          const outcome = await scene.service.createBooking({ ...wish, ...item });
          const { available, reason } = results[i] ?? { available: false };
          if (available) {
            const { id } = resultOf(outcome);
            await sql`delete from booking where id = ${id}`.execute(scene.database.db);
          } else {
            expect(codesOf(outcome)).toEqual([reason && REFUSAL[reason]]);
          }
          seen.add(reason ?? 'free');
        }
      }),
      { numRuns: 6, endOnFailure: false, examples: [[EXAMPLE]] },
    );
    expect([...seen].sort()).toEqual(['free', ...Object.keys(REFUSAL)].sort());
  }, 60_000);
});

function clockTime(hour: number, minute = 0): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBookingService } from '../../src/booking/service.ts';
import { addDays } from '../../src/calendar/time.ts';
import { ensureFirstShop } from '../../src/seed/first-shop.ts';
import { clockAt } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.close());

const shops = () =>
  database.db
    .selectFrom('shop')
    .leftJoin('barber', 'barber.shop_id', 'shop.id')
    .select((eb) => ['slug', 'timezone', eb.fn.count<number>('barber.id').as('barbers')])
    .groupBy('shop.id')
    .execute();

describe('the first shop', () => {
  it('is an empty one in a database that is not for demonstration', async () => {
    const { db } = database;
    expect(await ensureFirstShop({ db, clock: clockAt('2026-11-22T12:00:00Z'), demo: false })).toBe(true);
    expect(await shops()).toEqual([{ slug: 'main', timezone: 'UTC', barbers: 0 }]);
  });

  it('is made once, also by instances that start together', async () => {
    const { db } = database;
    const start = () => ensureFirstShop({ db, clock: clockAt('2026-11-22T12:00:00Z'), demo: true });
    const made = await Promise.all([start(), start(), start()]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await shops()).toEqual([{ slug: 'main', timezone: 'America/New_York', barbers: 4 }]);
    expect(await start()).toBe(false);
  });

  it('shows free and taken slots on each of the next thirty days on which it is open', async () => {
    const { db } = database;
    const clock = clockAt('2026-10-20T20:00:00-04:00');
    await ensureFirstShop({ db, clock, demo: true });
    const bookings = createBookingService({ databaseUrl: database.connectionString, db, clock });
    const open: string[] = [];
    for (let days = 1; days < 30; days++) {
      const targetDate = addDays('2026-10-20', days);
      const outcome = await bookings.getAvailableSlots({ targetDate, service: 'Haircut' });
      if (outcome.kind !== 'ok') throw new Error('refused');
      const { slots, nextAvailable } = outcome.value;
      expect(nextAvailable).not.toBeNull();
      if (slots.length === 0) continue;
      open.push(targetDate);
      expect(slots.filter(({ available }) => available).length, targetDate).toBeGreaterThan(4);
      expect(slots.filter(({ available }) => !available).length, targetDate).toBeGreaterThan(1);
    }
    // Thirty days less four Sundays.
    expect(open).toHaveLength(25);
  });
});

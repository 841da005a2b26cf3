import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BookingService } from '../../src/booking/types/service.ts';
import { clockAt, createShop, createUser, type ShopPlan } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { untilWaiting } from '../support/waiting.ts';
import { codesOf, services } from './services.ts';

// Crowds of 200 take seconds, on a busy machine many.
vi.setConfig({ testTimeout: 120_000 });

describe.each(services)('a race for one slot (%s)', (_name, open) => {
  let database: TestDatabase;
  let service: BookingService;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await open(database, clockAt('2026-03-01T17:00:00Z'));
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  const race = async (plan: ShopPlan, runners: number, when: (i: number) => string) => {
    const { slug } = await createShop(database.db, plan);
    const userId = await createUser(database.db);
    const wish = { shop: slug, userId, service: 'Haircut', bookingDate: '2026-03-02' };
    const outcomes = await Promise.all(
      Array.from({ length: runners }, (_, i) => service.createBooking({ ...wish, bookingTime: when(i) })),
    );
    const won = outcomes.filter(({ kind }) => kind === 'ok').length;
    const codes = new Set(outcomes.flatMap(codesOf));
    return { won, codes: [...codes] };
  };

  test('of 200 at once for one barber exactly one wins, all others are told that it is taken', async () => {
    expect(await race({}, 200, () => '10:00')).toEqual({ won: 1, codes: ['slot_taken'] });
  });

  test('of 200 at once for any of three barbers exactly three win', async () => {
    const plan = { barbers: ['Ana', 'Ben', 'Cem'] };
    expect(await race(plan, 200, () => '10:00')).toEqual({ won: 3, codes: ['slot_taken'] });
  });

  test('overlapping slots that are not the same one are decided alike', async () => {
    const plan: ShopPlan = { settings: { slot_minutes: 15 } };
    const { won, codes } = await race(plan, 60, (i) => ['10:00', '10:15', '10:30'][i % 3] ?? '');
    expect(won).toBeLessThanOrEqual(2);
    expect(won).toBeGreaterThanOrEqual(1);
    expect(codes).toEqual(['slot_taken']);
  });

  test('the constraint decides where somebody writes past the locks', async () => {
    const shop = await createShop(database.db);
    const row = {
      shop_id: shop.id,
      barber_id: shop.barberIds[0] ?? 0,
      service_id: shop.serviceIds.Haircut ?? 0,
      service_name: 'Haircut',
      status: 'confirmed' as const,
      starts_at: new Date('2026-03-02T15:00:00Z'),
      ends_at: new Date('2026-03-02T15:30:00Z'),
      occupied: '[2026-03-02T15:00:00Z, 2026-03-02T15:30:00Z)',
      price_amount: 0,
      currency: 'USD',
    };
    // Not committed while the service looks, so it sees a free slot and meets the constraint when it writes.
    const wish = { shop: shop.slug, userId: await createUser(database.db), service: 'Haircut' };
    const blocked = await database.db.transaction().execute(async (trx) => {
      await trx.insertInto('booking').values(row).execute();
      const outcome = service.createBooking({ ...wish, bookingDate: '2026-03-02', bookingTime: '10:00' });
      await untilWaiting(database);
      return { outcome };
    });
    expect(codesOf(await blocked.outcome)).toEqual(['slot_taken']);
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookingsOutsideWork, bookingsWithin } from '../../src/booking/conflicts.ts';
import type { BookingStatus } from '../../src/database/schema.ts';
import { createShop, everyDay, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const NOW = Date.parse('2026-03-01T17:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

interface Typed {
  readonly chair?: number;
  readonly status?: BookingStatus;
  readonly minutes?: number;
  /** Minutes before and after. */
  readonly buffer?: number;
}

/** A booking typed by hand, from this local date-time or instant on, whatever the hours are; answers with its id. */
async function book(
  shop: TestShop,
  start: string,
  { chair = 0, status = 'confirmed', minutes = 30, buffer = 0 }: Typed = {},
) {
  const { rows } = await sql<{ id: number }>`
    insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
      lapses_at, price_amount, currency)
    select shop.id, ${shop.barberIds[chair]}, ${shop.serviceIds.Haircut}, 'Haircut', ${status}, t, t + length,
      tstzrange(t - around, t + length + around),
      case when ${status} = 'held' then now() + interval '1 hour' end, 0, 'USD'
    from shop,
      lateral (select case when ${start} ~ '[Z+]' then ${start}::timestamptz
        else ${start}::timestamp at time zone shop.timezone end as t, ${minutes} * interval '1 minute' as length,
        ${buffer} * interval '1 minute' as around)
    where shop.id = ${shop.id} returning id`.execute(database.db);
  return rows[0]?.id ?? 0;
}

describe('the bookings within a closure or time off', () => {
  const within = async (shop: TestShop, from: string, to: string, barberIds?: number[]) => {
    const found = await bookingsWithin(database.db, { shopId: shop.id, barberIds, range: { from, to } });
    return found.map(({ id }) => id);
  };

  test('are those whose service time meets it; buffers do not count', async () => {
    const shop = await createShop(database.db);
    await book(shop, '2026-03-02T09:30');
    const inside = [
      await book(shop, '2026-03-02T11:45'),
      await book(shop, '2026-03-02T14:00'),
      await book(shop, '2026-03-02T16:59'),
    ];
    await book(shop, '2026-03-02T19:00');
    expect(await within(shop, '2026-03-02T12:00', '2026-03-02T17:00')).toEqual(inside);
    // Half-open: what ends when it begins is none, nor what begins when it ends.
    expect(await within(shop, '2026-03-02T12:15', '2026-03-02T14:00')).toEqual([]);
    await book(shop, '2026-03-03T11:30', { buffer: 60 });
    expect(await within(shop, '2026-03-03T12:00', '2026-03-03T17:00')).toEqual([]);
  });

  test('are confirmed, here, and with the barbers named', async () => {
    const shop = await createShop(database.db, { barbers: ['Ana', 'Ben', 'Cem'] });
    const ids = [0, 1, 2].map((chair) => book(shop, '2026-03-02T10:00', { chair }));
    const [ana, ben, cem] = await Promise.all(ids);
    for (const [i, status] of (['held', 'cancelled', 'completed', 'no_show'] as const).entries())
      await book(shop, `2026-03-0${3 + i}T10:00`, { status });
    await book(await createShop(database.db), '2026-03-02T10:00');
    const range = ['2026-03-01T00:00', '2026-03-09T00:00'] as const;
    expect((await within(shop, ...range)).sort()).toEqual([ana, ben, cem].sort());
    const [, second, third] = shop.barberIds;
    expect((await within(shop, ...range, [second ?? 0, third ?? 0])).sort()).toEqual([ben, cem].sort());
    expect(await within(shop, ...range, [])).toEqual([]);
  });

  test('are told as staff sees them', async () => {
    const shop = await createShop(database.db);
    const id = await book(shop, '2026-03-02T10:00');
    await database.db.updateTable('booking').set({ guest_name: 'Ada' }).where('id', '=', id).execute();
    const range = { from: '2026-03-02T00:00', to: '2026-03-03T00:00' };
    expect(await bookingsWithin(database.db, { shopId: shop.id, range })).toMatchObject([
      { id, date: '2026-03-02', time: '10:00', barberName: 'Ana', client: { userId: null, name: 'Ada' } },
    ]);
  });

  test.each(['Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Kathmandu', 'America/New_York'])(
    'go by the calendar of the shop in %s',
    async (timezone) => {
      const shop = await createShop(database.db, { timezone });
      const [first, last] = [await book(shop, '2026-06-10T00:00'), await book(shop, '2026-06-10T23:30')];
      await book(shop, '2026-06-09T22:00');
      await book(shop, '2026-06-11T02:00');
      expect(await within(shop, '2026-06-10T00:00', '2026-06-11T00:00')).toEqual([first, last]);
    },
  );

  test('where clocks go back are those of both hours of that name', async () => {
    const shop = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
    const twice = [
      await book(shop, '2026-11-01T05:15:00Z'),
      await book(shop, '2026-11-01T06:15:00Z', { chair: 1 }),
    ];
    await book(shop, '2026-11-01T07:15:00Z');
    expect(await within(shop, '2026-11-01T01:00', '2026-11-01T02:00')).toEqual(twice);
  });
});

describe('the bookings outside of work', () => {
  const outside = async (shop: TestShop, barberIds?: readonly number[], now = NOW) => {
    const found = await bookingsOutsideWork(database.db, { shopId: shop.id, barberIds }, now);
    return found.map(({ id }) => id);
  };

  test('are none while everybody works', async () => {
    const shop = await createShop(database.db);
    expect(await outside(shop)).toEqual([]);
    await book(shop, '2026-03-02T09:00');
    await book(shop, '2026-03-03T16:30');
    expect(await outside(shop)).toEqual([]);
  });

  test('are those that begin too early, end too late or have nobody, and are still to come', async () => {
    const shop = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
    const { db } = database;
    await book(shop, '2026-02-28T10:00');
    const early = await book(shop, '2026-03-02T09:00');
    const good = await book(shop, '2026-03-02T12:00');
    const late = await book(shop, '2026-03-20T16:00', { minutes: 60 });
    const elsewhere = await book(shop, '2026-03-02T09:00', { chair: 1 });
    await book(shop, '2026-03-03T09:00', { status: 'cancelled' });
    const [ana = 0, ben = 0] = shop.barberIds;
    await db
      .updateTable('weekly_hours')
      .set({ opens: '09:30', closes: '16:30' })
      .where('barber_id', '=', ana)
      .execute();
    expect(await outside(shop)).toEqual([early, late]);
    await db.updateTable('barber').set({ active: false }).where('id', '=', ben).execute();
    expect(await outside(shop)).toEqual([early, late, elsewhere]);
    expect(await outside(shop, [ben])).toEqual([elsewhere]);
    await db.deleteFrom('weekly_hours').where('barber_id', '=', ana).execute();
    expect(await outside(shop, [ana])).toEqual([early, good, late]);
    expect(await outside(shop, [ana], Date.parse('2026-03-10T00:00:00Z'))).toEqual([late]);
  });

  test('go by overrides, breaks and closures', async () => {
    const shop = await createShop(database.db, {
      hours: [...everyDay('09:00', '12:00'), ...everyDay('13:00', '17:00')],
    });
    const owner = { shop_id: shop.id, barber_id: shop.barberIds[0] ?? 0 };
    await database.db
      .insertInto('date_override')
      .values([
        { ...owner, date: '2026-03-03' },
        { ...owner, date: '2026-03-04', opens: '18:00', closes: '20:00' },
      ])
      .execute();
    await database.db
      .insertInto('closure')
      .values({ shop_id: shop.id, during: '[2026-03-06, 2026-03-07)' })
      .execute();
    const overBreak = await book(shop, '2026-03-02T11:45');
    const dayOff = await book(shop, '2026-03-03T10:00');
    const closed = await book(shop, '2026-03-06T10:00');
    expect(await outside(shop)).toEqual([overBreak, dayOff, closed]);
    await book(shop, '2026-03-05T10:00');
    expect(await outside(shop)).toEqual([overBreak, dayOff, closed]);
  });

  test('work past midnight is work', async () => {
    const shop = await createShop(database.db, { hours: everyDay('20:00', '02:00') });
    await book(shop, '2026-03-02T23:45');
    await book(shop, '2026-03-04T01:30');
    const out = await book(shop, '2026-03-05T01:45');
    expect(await outside(shop)).toEqual([out]);
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeedOptions, seedShop } from '../../src/seed/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Clocks in New York go back on 2026-11-01. */
const plan: SeedOptions = {
  slug: 'seeded',
  name: 'Seeded',
  barbers: 4,
  days: 28,
  fill: 0.6,
  seed: 7,
  from: '2026-10-15',
};

async function seed(changes: Partial<SeedOptions>): Promise<number> {
  const seeded = await seedShop(database.db, { ...plan, ...changes });
  if (seeded.kind !== 'seeded') throw new Error('the slug was taken');
  return seeded.shopId;
}

/** Everything that was seeded, without ids and times of making. */
async function rowsOf(shopId: number): Promise<unknown> {
  const { rows } = await sql<{ rows: unknown }>`
    select json_build_object(
      'hours', (select json_agg(json_build_array(name, weekday, opens, closes) order by name, weekday, opens)
        from weekly_hours join barber on barber.id = barber_id where barber.shop_id = ${shopId}),
      'overrides', (select json_agg(json_build_array(name, date, opens, closes) order by name, date, opens)
        from date_override join barber on barber.id = barber_id where barber.shop_id = ${shopId}),
      'time off', (select json_agg(json_build_array(name, during) order by name, during)
        from time_off join barber on barber.id = barber_id where barber.shop_id = ${shopId}),
      'bookings', (select json_agg(json_build_array(name, service_name, starts_at, occupied, price_amount,
          guest_name, guest_email, guest_phone) order by name, starts_at)
        from booking join barber on barber.id = barber_id where barber.shop_id = ${shopId})
    ) as rows`.execute(database.db);
  return rows[0]?.rows;
}

/** Every quarter of an hour in which somebody works, on the shop's wall clock: nothing seeded is finer. */
const worked = (shopId: number) => sql`
  select barber.id as barber, quarter
  from barber, opening_hours as opening,
    generate_series(${plan.from}::timestamp, ${plan.from}::date + ${plan.days}::int - interval '1 minute',
      interval '15 minutes') as quarter
  where barber.shop_id = ${shopId} and opening.shop_id = ${shopId}
    and opening.weekday = extract(isodow from quarter)
    and quarter::time >= opening.opens and quarter::time < opening.closes
    and case when exists (select from date_override where barber_id = barber.id and date = quarter::date)
      then exists (select from date_override where barber_id = barber.id and date = quarter::date
        and quarter::time >= opens and quarter::time < closes)
      else exists (select from weekly_hours where barber_id = barber.id and weekday = extract(isodow from quarter)
        and quarter::time >= opens and quarter::time < closes) end
    and not exists (select from time_off where barber_id = barber.id and during @> quarter)`;

async function countOf(query: ReturnType<typeof sql<{ count: number }>>): Promise<number> {
  const { rows } = await query.execute(database.db);
  return Number(rows[0]?.count);
}

async function shareBooked(shopId: number): Promise<number> {
  return countOf(sql`
    select (select sum(extract(epoch from ends_at - starts_at) / 60) from booking where shop_id = ${shopId})
      / (select count(*) * 15 from (${worked(shopId)}) as worked) as count`);
}

describe('a seeded shop', () => {
  it('is the same for the same seed, row by row, and another for another', async () => {
    const [one, same, other] = [
      await seed({ slug: 'one' }),
      await seed({ slug: 'same' }),
      await seed({ slug: 'other', seed: 8 }),
    ];
    const rows = await rowsOf(one);
    expect(await rowsOf(same)).toEqual(rows);
    expect(await rowsOf(other)).not.toEqual(rows);
  });

  it('keeps its bookings within the hours of their barbers, on the grid, on both sides of the clock change', async () => {
    const shopId = await seed({ slug: 'within' });
    const quarters = sql`
      select id, count(quarter) * 15 as minutes_worked, ends_at - starts_at as length
      from (select *, starts_at at time zone 'America/New_York' as begins,
          ends_at at time zone 'America/New_York' as ends from booking where shop_id = ${shopId}) as booking
        left join (${worked(shopId)}) as worked
          on barber = barber_id and quarter >= begins and quarter < ends
      where extract(minute from begins)::int % 15 = 0
      group by id, starts_at, ends_at`;
    const bookings = await countOf(sql`select count(*) from booking where shop_id = ${shopId}`);
    expect(bookings).toBeGreaterThan(400);
    expect(
      await countOf(sql`select count(*) from (${quarters}) as q
        where minutes_worked = extract(epoch from length) / 60`),
    ).toBe(bookings);
  });

  it.each([0, 0.25, 0.6, 0.7])('is booked for %f of the working time', async (fill) => {
    const share = await shareBooked(await seed({ slug: `fill-${fill * 100}`, fill }));
    expect(Math.abs(share - fill)).toBeLessThan(0.02);
  });

  it('is as full as the grid allows when asked for more', async () => {
    const share = await shareBooked(await seed({ slug: 'full', fill: 1 }));
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.8);
  });

  it('has the services of the plan, each offered by everybody, with five minutes of buffer after', async () => {
    const shopId = await seed({ slug: 'services' });
    const { rows } = await sql`
      select name, duration_minutes, price_amount, buffer_before_minutes as before, buffer_after_minutes as after,
        (select count(*) from barber_service where service_id = service.id)::int as offered
      from service where shop_id = ${shopId} order by id`.execute(database.db);
    const same = { before: 0, after: 5, offered: 4 };
    expect(rows).toEqual([
      { name: 'Haircut', duration_minutes: 30, price_amount: 3000, ...same },
      { name: 'Haircut & Beard Trim', duration_minutes: 45, price_amount: 4500, ...same },
      { name: 'Haircut & Hot Towel Shave', duration_minutes: 60, price_amount: 6000, ...same },
    ]);
  });

  it('leaves a barber as he is when others join', async () => {
    const ofAna = async (shopId: number) =>
      sql`select starts_at, guest_name from booking join barber on barber.id = barber_id
        where booking.shop_id = ${shopId} and barber.name = 'Ana' order by starts_at`.execute(database.db);
    const [small, large] = [await seed({ slug: 'small', barbers: 1 }), await seed({ slug: 'large' })];
    expect((await ofAna(large)).rows).toEqual((await ofAna(small)).rows);
  });

  it('has a name of his own for every barber, however many', async () => {
    const shopId = await seed({ slug: 'many', barbers: 120, days: 0 });
    const names = await countOf(sql`select count(distinct name) from barber where shop_id = ${shopId}`);
    expect(names).toBe(120);
  });

  it('is not made where its slug is taken, and nothing is left of the attempt', async () => {
    await seed({ slug: 'taken', days: 1 });
    const before = await countOf(sql`select count(*) from barber`);
    expect(await seedShop(database.db, { ...plan, slug: 'taken' })).toEqual({ kind: 'slug_taken' });
    expect(await countOf(sql`select count(*) from barber`)).toBe(before);
  });
});

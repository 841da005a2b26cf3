import { createPostgresSource } from '../../dist/availability/postgres/postgres-source.js';
import { addDays, dateAt } from '../../dist/calendar/time.js';
import { TIMEZONE } from '../../dist/seed/plan.js';
import { seedShop } from '../../dist/seed/shop.js';
import { startsOf } from './empty-shop.js';

export const BARBERS_PER_SHOP = 10;
/** Days with bookings. */
export const DAYS = 7;
/** Behind them come days that are free. */
const FREE_DAYS = 14;
/** Shops that are booked at. */
const BOOKED_SHOPS = 5;
const SEEDING_AT_ONCE = 4;

/**
 * A database with so many shops of ten barbers, 60 % booked for seven days.
 *
 * @returns the database, its shops, and `booking()`: what to book next, at one shop after the other
 */
export async function openTown(postgres, shops) {
  const database = await postgres.open(`town_${shops}`);
  const { db, pool } = database;
  // To be filled fast; what is measured is as durable as ever.
  await pool.query(`alter database town_${shops} set synchronous_commit = off`);
  const from = addDays(dateAt(TIMEZONE, Date.now()), 1);
  const size = { barbers: BARBERS_PER_SHOP, days: DAYS, fill: 0.6, from };
  const ids = [];
  let next = 0;
  const seed = async () => {
    while (next < shops) {
      const n = next++;
      const { shopId } = await seedShop(db, { ...size, slug: slugOf(n), name: `Shop ${n}`, seed: n });
      ids[n] = shopId;
    }
  };
  await Promise.all(Array.from({ length: SEEDING_AT_ONCE }, seed));
  await pool.query(`alter database town_${shops} reset synchronous_commit`);
  await pool.query('vacuum analyze');
  const barbers = await barbersOf(db, ids);
  return { ...database, shops, ids, barbers, from, booking: await freeTimes(db, ids, barbers, from) };
}

export function slugOf(n) {
  return `shop-${n}`;
}

/** Ids of the barbers of each shop, by its id. */
async function barbersOf(db, ids) {
  const rows = await db.selectFrom('barber').select(['id', 'shop_id']).orderBy('id').execute();
  const barbers = new Map(ids.map((id) => [id, []]));
  for (const { id, shop_id } of rows) barbers.get(shop_id).push(id);
  return barbers;
}

async function freeTimes(db, ids, barbers, from) {
  const source = createPostgresSource(db);
  const free = [];
  for (const [n, shopId] of ids.slice(0, BOOKED_SHOPS).entries()) {
    const range = { from: addDays(from, DAYS), to: addDays(from, DAYS + FREE_DAYS - 1) };
    const days = await source.load({ shopId, barberIds: barbers.get(shopId), ...range });
    free.push(days.flatMap(({ value }) => startsOf(value)).map((start) => ({ ...start, shop: slugOf(n) })));
  }
  let next = 0;
  return () => {
    const { barberId, startsAt, shop } = free[next % free.length][Math.floor(next / free.length)];
    next += 1;
    const start = new Date(startsAt).toISOString();
    return { shop, service: 'Haircut', barberId, start, name: 'Ada', email: 'ada@example.com' };
  };
}

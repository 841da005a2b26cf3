import { createPostgresSource } from '../../dist/availability/postgres/postgres-source.js';
import { addDays, dateAt } from '../../dist/calendar/time.js';
import { TIMEZONE } from '../../dist/seed/plan.js';
import { seedShop } from '../../dist/seed/shop.js';

export const BARBERS = 50;
export const DAYS = 60;
/** Days without a free slot in the shop `full`. */
export const FULL_DAYS = 14;
/** Of all shops, as they are seeded. */
export const HORIZON_DAYS = 90;
/** Bookings of an ordinary day of a barber, at least. */
const ORDINARY = 7;

/**
 * A database with two shops of 50 barbers on a grid of 15 minutes: `busy` is 60 % booked for 60 days, `full` has no
 * free slot for 14; and `ten`, 60 % booked, of 10 barbers. `barberId` of `busy` has an ordinary day on `date`, the
 * first such date after today, of which a part is over.
 */
export async function openWorld(postgres) {
  const { db, pool, connectionString, drop } = await postgres.open('world');
  try {
    const today = dateAt(TIMEZONE, Date.now());
    const size = { seed: 1, from: today };
    const busy = { ...size, slug: 'busy', name: 'Busy', barbers: BARBERS, days: DAYS, fill: 0.6 };
    const { shopId } = await seedShop(db, busy);
    // As full as the grid can be: what is left between bookings is too short for any service.
    await seedShop(db, { ...busy, slug: 'full', name: 'Full', days: FULL_DAYS, fill: 1 });
    await seedShop(db, { ...busy, slug: 'ten', name: 'Ten', barbers: 10 });
    await pool.query('vacuum analyze');
    const chosen = await choose(db, shopId, today);
    return {
      connectionString,
      directory: postgres.directory,
      db,
      pool,
      today,
      shopId,
      ...chosen,
      close: drop,
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function choose(db, shopId, today) {
  const source = createPostgresSource(db);
  const { value: rules } = await source.rules(shopId);
  const barberIds = rules.barbers.map(({ id }) => id);
  for (let date = addDays(today, 1); ; date = addDays(date, 1)) {
    const days = await source.load({ shopId, barberIds, from: date, to: date });
    const ordinary = days.find(({ value }) => value.busy.length >= ORDINARY);
    if (ordinary !== undefined) return { rules, barberIds, date, barberId: ordinary.value.barberId };
  }
}

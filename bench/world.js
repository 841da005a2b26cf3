import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresSource } from '../dist/availability/postgres/postgres-source.js';
import { addDays, dateAt } from '../dist/calendar/time.js';
import { openDatabase } from '../dist/database/connection.js';
import { startEmbeddedPostgres } from '../dist/database/embedded.js';
import { migrate } from '../dist/database/migrate.js';
import { TIMEZONE } from '../dist/seed/plan.js';
import { seedShop } from '../dist/seed/shop.js';

export const BARBERS = 50;
export const DAYS = 60;
/** Days without a free slot in the shop `full`. */
export const FULL_DAYS = 14;
/** Of both shops, as they are seeded. */
export const HORIZON_DAYS = 90;
/** Bookings of an ordinary day of a barber, at least. */
const ORDINARY = 7;

/**
 * A Postgres of its own in a temporary folder, with two shops of 50 barbers on a grid of 15 minutes: `busy` is 60 %
 * booked for 60 days, `full` has no free slot for 14. `barberId` has an ordinary day on `date`, the first such date
 * after today, of which a part is over.
 */
export async function openWorld() {
  const directory = await mkdtemp(join(tmpdir(), 'freshchair-bench-'));
  const opened = [() => rm(directory, { recursive: true, force: true })];
  const close = async () => {
    for (const one of opened.splice(0).reverse()) await one();
  };
  try {
    // mkdtemp lets nobody else in; as root, the server runs as somebody else.
    await chmod(directory, 0o755);
    const postgres = await startEmbeddedPostgres({
      dataDir: join(directory, 'data'),
      log: { info: () => {}, warn: console.warn },
      sharedDir: join(directory, 'shared'),
    });
    opened.push(postgres.close);
    const { connectionString } = postgres;
    const database = openDatabase(connectionString);
    opened.push(database.close);
    await migrate(connectionString);
    const today = dateAt(TIMEZONE, Date.now());
    const { shopId, version } = await fill(database, today);
    const chosen = await choose(database.db, shopId, today);
    return {
      connectionString,
      directory,
      db: database.db,
      today,
      shopId,
      postgresVersion: version,
      ...chosen,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill({ db, pool }, today) {
  const size = { barbers: BARBERS, seed: 1, from: today };
  const { shopId } = await seedShop(db, { ...size, slug: 'busy', name: 'Busy', days: DAYS, fill: 0.6 });
  // As full as the grid can be: what is left between bookings is too short for any service.
  await seedShop(db, { ...size, slug: 'full', name: 'Full', days: FULL_DAYS, fill: 1 });
  await pool.query('vacuum analyze');
  const { rows } = await pool.query('show server_version');
  return { shopId, version: rows[0].server_version };
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

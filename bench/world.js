import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, dateAt } from '../dist/calendar/time.js';
import { openDatabase } from '../dist/database/connection.js';
import { startEmbeddedPostgres } from '../dist/database/embedded.js';
import { migrate } from '../dist/database/migrate.js';
import { TIMEZONE } from '../dist/seed/plan.js';
import { seedShop } from '../dist/seed/shop.js';

export const BARBERS = 50;
export const DAYS = 60;
/** Days without any free slot, in the shop `full`. */
export const FULL_DAYS = 14;

/**
 * A Postgres of its own in a temporary folder, with two shops of 50 barbers: `busy` is 60 % booked for 60 days, `full`
 * has no free slot for 14. Neither is the first day, which is over in part, asked about.
 */
export async function openWorld() {
  const dataDir = await mkdtemp(join(tmpdir(), 'freshchair-bench-'));
  // mkdtemp lets nobody else in; as root, the server runs as somebody else.
  await chmod(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: { info: () => {}, warn: console.warn },
    sharedDir: join(dataDir, 'shared'),
  });
  const { connectionString } = postgres;
  const { db, pool, close } = openDatabase(connectionString);
  const stop = async () => {
    await close();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(connectionString);
    const today = dateAt(TIMEZONE, Date.now());
    const size = { barbers: BARBERS, seed: 1, from: today };
    const busy = await seedShop(db, { ...size, slug: 'busy', name: 'Busy', days: DAYS, fill: 0.6 });
    await seedShop(db, { ...size, slug: 'full', name: 'Full', days: FULL_DAYS, fill: 1 });
    await pool.query('vacuum analyze');
    const version = await pool.query('show server_version');
    return {
      connectionString,
      db,
      pool,
      today,
      tomorrow: addDays(today, 1),
      shopId: busy.shopId,
      bookings: busy.bookings,
      postgresVersion: version.rows[0].server_version,
      close: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

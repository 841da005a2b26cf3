import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { killServers, serve } from '../cli/freshchair.ts';
import { createShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/waiting.ts';

/** Of every job (ms). */
const PERIODS: Readonly<Record<string, number>> = {
  'prune-demand': 86_400_000,
  'prune-drift': 86_400_000,
  'prune-warm-ups': 86_400_000,
  'roll-up-trends': 3_600_000,
  'tidy-up-jobs': 3_600_000,
  'warm-ahead': 60_000,
};

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(killServers);
afterAll(() => database.close());

test('two servers run every job that is due once, count what they are asked for, and write it when they stop', async () => {
  const began = Date.now();
  const { slug } = await createShop(database.db);
  const settings = { DATABASE_URL: database.connectionString, LOG_LEVEL: 'warn' };
  const servers = await Promise.all([serve(settings), serve(settings)]);
  const states = async () => {
    const { rows } = await database.pool.query<{ name: string; states: string[] }>(
      'select name, array_agg(state::text) as states from pgboss.job group by name order by name',
    );
    return rows;
  };
  await until(async () => {
    const { rows } = await database.pool.query(
      `select from information_schema.tables where table_schema = 'pgboss'`,
    );
    return rows.length > 0 && (await states()).length === Object.keys(PERIODS).length;
  });
  await until(async () =>
    (await states()).every((job) => job.states.every((state) => state === 'completed')),
  );

  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const query = `shop=${slug}&target_date=${tomorrow}&include_next_available=false`;
  for (const { url } of [...servers, ...servers])
    await (await fetch(`${url}/api/v2/bookings/available-slots?${query}`)).text();
  expect(await Promise.all(servers.map((server) => server.stop()))).toMatchObject([{ code: 0 }, { code: 0 }]);
  const { rows } = await database.pool.query('select sum(reads)::integer as reads from demand');
  expect(rows).toEqual([{ reads: 4 }]);
  const ended = Date.now();
  for (const { name, states: runs } of await states()) {
    const periodMs = PERIODS[name] ?? 0;
    expect(runs.length).toBeLessThanOrEqual(Math.floor(ended / periodMs) - Math.floor(began / periodMs) + 1);
  }
});

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays } from '../../dist/calendar/time.js';
import { postgresCpu } from '../measuring/postgres-cpu.js';
import { startServer } from '../servers/servers.js';
import { openEmptyShop } from '../world/empty-shop.js';

const INSTANCES = [1, 2, 8];
const CHANGES = 600;
const ROUNDS = 6;
/** What an instance does anyway, four polls a second above all, is measured for so long and taken off. */
const IDLE_MS = 1_500;
/** Until the last notification has arrived everywhere. */
const ARRIVAL_MS = 50;

/** What it costs instances, and Postgres, that one more hears of every change. */
export async function benchFeed(bench) {
  const redis = await bench.redis();
  const shop = await openEmptyShop(bench.postgres, 'feed');
  const session = await shop.pool.connect();
  const servers = [];
  const lines = [];
  try {
    const { rows } = await session.query('select pg_backend_pid() as pid');
    const inPostgres = () => postgresCpu(rows[0].pid) ?? Number.NaN;
    const change = (n) =>
      session.query('select bump_availability(array[row($1::int, $2::int, $3::date)::availability_key])', [
        shop.shopId,
        shop.barberIds[n % shop.barberIds.length],
        addDays(shop.from, n % 60),
      ]);
    for (const instances of INSTANCES) {
      while (servers.length < instances) servers.push(await startInstance(bench, shop, redis));
      const [ofInstance, ofPostgres] = [[], []];
      for (let round = -1; round < ROUNDS; round++) {
        const idle = await used(servers, inPostgres, () => sleep(IDLE_MS));
        const busy = await used(servers, inPostgres, async () => {
          for (let n = 0; n < CHANGES; n++) await change(n);
          await sleep(ARRIVAL_MS);
        });
        if (round < 0) continue;
        const perChange = (kind) => (busy[kind] - (idle[kind] * busy.wall) / idle.wall) / CHANGES;
        ofInstance.push(perChange('instances') / instances);
        ofPostgres.push(perChange('postgres'));
      }
      const heard = `${instances} ${instances === 1 ? 'instance hears' : 'instances hear'} of it`;
      lines.push({ what: `CPU of an instance for a change, ${heard}`, values: ofInstance, unit: ' µs' });
      if (!Number.isNaN(ofPostgres[0]))
        lines.push({ what: 'CPU of Postgres for the same change', values: ofPostgres, unit: ' µs' });
    }
  } finally {
    for (const { close } of servers) await close();
    session.release();
    await shop.drop();
  }
  return lines;
}

function startInstance({ postgres }, shop, redis) {
  return startServer('freshchair', {
    settings: {
      DATABASE_URL: shop.connectionString,
      REDIS_URL: redis.url,
      PORT: '0',
      ADMIN_PASSWORD: 'nobody signs in',
    },
    body: '{}',
    logFile: join(postgres.directory, 'instances.log'),
  });
}

/** Microseconds of CPU, of all instances and of Postgres, and of the clock, while something is done. */
async function used(servers, inPostgres, work) {
  const ofInstances = async () => {
    const each = await Promise.all(servers.map(({ cpu }) => cpu()));
    return each.reduce((sum, one) => sum + one, 0);
  };
  const [instances, postgres, began] = [await ofInstances(), inPostgres(), performance.now()];
  await work();
  const wall = (performance.now() - began) * 1_000;
  return { instances: (await ofInstances()) - instances, postgres: inPostgres() - postgres, wall };
}

import { Redis } from 'ioredis';
import { createPostgresSource } from '../../dist/availability/postgres/postgres-source.js';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { addDays } from '../../dist/calendar/time.js';
import { bytesInUse } from '../measuring/memory.js';
import { measureEach } from '../measuring/pairs.js';
import { measure, repeated } from '../measuring/rounds.js';
import { startRedis } from '../world/redis.js';
import { BARBERS_PER_SHOP, DAYS, openTown, slugOf } from '../world/towns.js';
import { book } from './booking.js';

const SHOPS = [1, 10, 100, 1_000];
/** More than the values of the largest town. */
const MAX_ENTRIES = 100_000;
const SAMPLE = 1_000;

/** What reads, bookings, loads and memory cost as shops become more. */
export async function benchGrowth({ postgres }) {
  const opened = [];
  try {
    const towns = [];
    for (const shops of SHOPS) {
      const town = await openTown(postgres, shops);
      opened.push(town.drop);
      const redis = await startRedis(postgres.directory);
      opened.push(redis.close);
      const before = bytesInUse();
      const service = createCachedBookingService({
        databaseUrl: town.connectionString,
        cache: { redisUrl: redis.url, maxEntries: MAX_ENTRIES },
      });
      opened.push(service.close);
      await service.following();
      await warm(service, town);
      towns.push({ ...town, service, bytes: bytesInUse() - before, redis });
    }
    const reads = await measure(towns.map((town) => ({ name: town.shops, run: repeated(() => read(town)) })));
    const loads = await measure(
      towns.map((town) => ({ name: town.shops, run: loading(town) })),
      { rounds: 15 },
    );
    const bookings = await measureEach(
      towns.map((town) => ({ name: town.shops, run: () => book(town.service, town) })),
      { rounds: 15, turns: 8, warmUp: 3 },
    );
    return [
      ...linesOf('A read of any of 10 barbers, cached', reads, 'cpus'),
      ...linesOf('A booking', bookings, 'walls'),
      ...linesOf('Load 10 barbers × 7 days', loads, 'walls'),
      ...(await memoryOf(towns.at(-1))),
    ];
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

async function warm(service, { shops, from }) {
  for (let n = 0; n < shops; n++) {
    await service.warmUpCacheForDateRange({
      shop: slugOf(n),
      startDate: from,
      endDate: addDays(from, DAYS - 1),
    });
  }
}

function read({ service, shops, from }) {
  return service.getAvailableSlots({
    shop: slugOf(Math.floor(Math.random() * shops)),
    targetDate: addDays(from, Math.floor(Math.random() * DAYS)),
    includeNextAvailable: false,
  });
}

function loading({ db, ids, barbers, from }) {
  const source = createPostgresSource(db);
  return repeated(() => {
    const shopId = ids[Math.floor(Math.random() * ids.length)];
    return source.load({ shopId, barberIds: barbers.get(shopId), from, to: addDays(from, DAYS - 1) });
  });
}

/** The largest is compared with the smallest by `measured`: the CPU, or the wall time where Postgres does the work. */
function linesOf(what, figures, measured) {
  const smallest = figures.get(SHOPS[0]);
  return SHOPS.flatMap((shops) => {
    const { walls, cpus } = figures.get(shops);
    const barbers = (shops * BARBERS_PER_SHOP).toLocaleString('en');
    const line = {
      what: `${what}, ${barbers} barbers in ${shops === 1 ? 'one shop' : `${shops.toLocaleString('en')} shops`}`,
      values: walls,
      cpus,
      unit: ' µs',
    };
    if (shops !== SHOPS.at(-1)) return [line];
    const ratios = figures.get(shops)[measured].map((value, round) => value / smallest[measured][round]);
    return [line, { what: 'Ratio of the largest to the smallest', values: ratios, unit: ' ×' }];
  });
}

/** Of a town of which all is cached; its process also knows the versions of all days. */
async function memoryOf({ ids, barbers, from, bytes, redis, shops }) {
  const values = shops * BARBERS_PER_SHOP * DAYS;
  const client = new Redis(redis.url);
  try {
    const inRedis = [];
    for (let n = 0; n < SAMPLE; n++) {
      const shopId = ids[n % ids.length];
      const barberId = barbers.get(shopId)[n % BARBERS_PER_SHOP];
      inRedis.push(
        1_000 *
          (await client.memory('USAGE', `fc:{shop:${shopId}}:day:${barberId}:${addDays(from, n % DAYS)}`)),
      );
    }
    return [
      { what: '1,000 barber-days in Redis (MEMORY USAGE)', values: inRedis, unit: ' bytes', limit: 200_000 },
      {
        what: 'The same in the process, with all that is known of versions',
        values: [(bytes * 1_000) / values],
        unit: ' bytes',
      },
    ];
  } finally {
    client.disconnect();
  }
}

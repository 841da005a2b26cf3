import { Redis } from 'ioredis';
import { Kysely, PostgresDialect } from 'kysely';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { createBookingService } from '../../dist/booking/service.js';
import { addDays } from '../../dist/calendar/time.js';
import { createCacheAside } from '../peers/cache-aside.js';
import { openEmptyShop } from '../world/empty-shop.js';

/** In a round. */
const BOOKINGS = 40;
const READS = 100;
const AT_ONCE = 10;
/** Dates that are read: bookings begin on the first. */
const DATES = 14;
const ROUNDS = 5;

/** What Postgres has to do for a hundred reads to a booking, of two servers that share a Redis. */
export async function benchMix(bench) {
  const redis = await bench.redis();
  const shop = await openEmptyShop(bench.postgres, 'mix');
  try {
    const ours = await run(shop, await openCached(shop, redis));
    const aside = await run(shop, openAside(shop, redis));
    return [
      { what: 'Loads from Postgres for a booking and 100 reads', values: ours.loads, unit: '', limit: 2 },
      { what: 'Statements for 1,000 of these reads', values: ours.statements, unit: '' },
      { what: 'Loads of a plain cache-aside for the same', values: aside.loads, unit: '' },
      { what: 'Statements for 1,000 of its reads', values: aside.statements, unit: '' },
    ];
  } finally {
    await shop.drop();
  }
}

/** @returns by round, loads for a booking and its reads, and statements for a thousand reads */
async function run({ from, booking }, { read, write, loads, statements, close }) {
  const dateOf = (i) => addDays(from, i % DATES);
  const figures = { loads: [], statements: [] };
  try {
    for (let i = 0; i < 2 * DATES; i++) await read(i < DATES ? 0 : 1, dateOf(i));
    for (let round = 0; round < ROUNDS; round++) {
      const loadsBefore = loads();
      let forReads = 0;
      for (let n = 0; n < BOOKINGS; n++) {
        await write(n % 2, booking());
        const before = statements();
        for (let i = 0; i < READS; i += AT_ONCE) {
          await Promise.all(
            Array.from({ length: AT_ONCE }, (_, one) =>
              read(one % 2, dateOf(Math.floor(Math.random() * DATES))),
            ),
          );
        }
        forReads += statements() - before;
      }
      figures.loads.push((loads() - loadsBefore) / BOOKINGS);
      figures.statements.push((forReads * 1_000) / (READS * BOOKINGS));
    }
    return figures;
  } finally {
    await close();
  }
}

/** Two of Freshchair's services. */
async function openCached({ connectionString, pool, slug }, redis) {
  const { db, statements } = counting(pool);
  const open = () =>
    createCachedBookingService({ databaseUrl: connectionString, db, cache: { redisUrl: redis.url } });
  const services = [open(), open()];
  for (const service of services) await service.following();
  return {
    read: (n, targetDate) => services[n].getAvailableSlots({ shop: slug, targetDate }),
    write: async (n, booking) => succeeded(await services[n].createGuestBooking(booking)),
    loads: () =>
      services
        .map(({ source }) => source.stats())
        .reduce((sum, { days, schedules, rules }) => sum + days.loads + schedules.loads + rules.loads, 0),
    statements,
    close: async () => {
      for (const service of services) await service.close();
    },
  };
}

/** A service without a cache, and what the usual guide does around it. */
function openAside({ connectionString, pool, slug }, { url }) {
  const { db, statements } = counting(pool);
  const service = createBookingService({ databaseUrl: connectionString, db });
  const redis = new Redis(url);
  let loads = 0;
  const load = async (targetDate) => {
    loads += 1;
    return JSON.stringify(succeeded(await service.getAvailableSlots({ shop: slug, targetDate })));
  };
  const cache = createCacheAside({ redis, load });
  return {
    read: (_, targetDate) => cache.get(targetDate),
    write: async (_, booking) => {
      succeeded(await service.createGuestBooking(booking));
      await cache.drop([booking.start.slice(0, 10)]);
    },
    loads: () => loads,
    statements,
    close: async () => {
      redis.disconnect();
      await service.close();
    },
  };
}

function counting(pool) {
  let statements = 0;
  const log = ({ level }) => {
    if (level === 'query') statements += 1;
  };
  return { db: new Kysely({ dialect: new PostgresDialect({ pool }), log }), statements: () => statements };
}

function succeeded(outcome) {
  if (outcome.kind !== 'ok') throw new Error(`Refused: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

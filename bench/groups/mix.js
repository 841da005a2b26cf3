import { Kysely, PostgresDialect } from 'kysely';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { addDays } from '../../dist/calendar/time.js';
import { openEmptyShop } from '../world/empty-shop.js';
import { book } from './booking.js';

const BOOKINGS = 200;
const READS = 100;
const AT_ONCE = 10;
/** Dates that are read: bookings begin on the first. */
const DATES = 14;
const ROUNDS = 5;

/** What Postgres has to do for a hundred reads to a booking, of two servers that share a Redis. */
export async function benchMix(bench) {
  const redis = await bench.redis();
  const shop = await openEmptyShop(bench.postgres, 'mix');
  let statements = 0;
  const log = ({ level }) => {
    if (level === 'query') statements += 1;
  };
  const db = new Kysely({ dialect: new PostgresDialect({ pool: shop.pool }), log });
  const open = () =>
    createCachedBookingService({ databaseUrl: shop.connectionString, db, cache: { redisUrl: redis.url } });
  const services = [open(), open()];
  const [loads, perRead] = [[], []];
  try {
    for (const service of services) await service.following();
    const read = (i) =>
      services[i % 2].getAvailableSlots({ shop: shop.slug, targetDate: addDays(shop.from, i % DATES) });
    for (let i = 0; i < 2 * DATES; i++) await read(i + (i >= DATES ? 1 : 0));
    for (let round = 0; round < ROUNDS; round++) {
      const before = loadsOf(services);
      let forReads = 0;
      for (let booking = 0; booking < BOOKINGS / ROUNDS; booking++) {
        await book(services[booking % 2], shop);
        const statementsBefore = statements;
        for (let i = 0; i < READS; i += AT_ONCE) {
          await Promise.all(
            Array.from({ length: AT_ONCE }, () => read(Math.floor(Math.random() * 2 * DATES))),
          );
        }
        forReads += statements - statementsBefore;
      }
      loads.push((loadsOf(services) - before) / (BOOKINGS / ROUNDS));
      perRead.push((forReads * 1_000) / (READS * (BOOKINGS / ROUNDS)));
    }
  } finally {
    for (const service of services) await service.close();
    await shop.drop();
  }
  return [
    { what: 'Loads from Postgres for a booking and 100 reads', values: loads, unit: '', limit: 2 },
    { what: 'Statements for 1,000 of these reads', values: perRead, unit: '' },
  ];
}

function loadsOf(services) {
  return services.reduce((sum, { source }) => {
    const { days, schedules, rules } = source.stats();
    return sum + days.loads + schedules.loads + rules.loads;
  }, 0);
}

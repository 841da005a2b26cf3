import { Redis } from 'ioredis';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { addDays } from '../../dist/calendar/time.js';
import { measureEach } from '../measuring/pairs.js';
import { openEmptyShop } from '../world/empty-shop.js';
import { startRedis } from '../world/redis.js';
import { book } from './booking.js';

const SMALL = 1_000;
const LARGE = 1_000_000;
const KEYS_AT_ONCE = 50_000;
const ROUNDS = 15;
const TURNS = 10;

/** What it costs to make cached days unusable, in a small Redis and in a large one. */
export async function benchInvalidation({ postgres }) {
  const shop = await openEmptyShop(postgres, 'invalidation');
  const opened = [shop.drop];
  try {
    const services = [];
    for (const keys of [SMALL, LARGE]) {
      const redis = await startRedis(postgres.directory);
      opened.push(redis.close);
      await fill(redis.url, keys);
      const service = createCachedBookingService({
        databaseUrl: shop.connectionString,
        cache: { redisUrl: redis.url },
      });
      opened.push(service.close);
      await service.following();
      services.push(service);
    }
    const [small, large] = services;
    const days = { shop: shop.slug, startDate: addDays(shop.from, 1), endDate: addDays(shop.from, 1) };
    const how = { rounds: ROUNDS, turns: TURNS, warmUp: 3 };
    const booked = await measureEach(
      [
        { name: 'small', run: () => bookAndRead(small, shop) },
        { name: 'large', run: () => bookAndRead(large, shop) },
      ],
      how,
    );
    const dropped = await measureEach(
      [
        { name: 'small', run: () => small.invalidateCacheForDateRange(days) },
        { name: 'large', run: () => large.invalidateCacheForDateRange(days) },
      ],
      how,
    );
    return [
      ...linesOf('A booking and the next read of its day', booked),
      ...linesOf('A day of 10 barbers invalidated by hand', dropped),
    ];
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

function linesOf(what, figures) {
  const [small, large] = [figures.get('small'), figures.get('large')];
  const ratios = large.walls.map((wall, round) => wall / small.walls[round]);
  return [
    { what: `${what}, 1,000 keys in Redis`, values: small.walls, cpus: small.cpus, unit: ' µs' },
    { what: 'The same with 1,000,000 keys', values: large.walls, cpus: large.cpus, unit: ' µs' },
    { what: 'Ratio of the two', values: ratios, unit: ' ×', limit: 1.2 },
  ];
}

async function bookAndRead(service, shop) {
  const { start, barberId } = await book(service, shop);
  const targetDate = start.slice(0, 10);
  const { kind } = await service.getAvailableSlotsWithBarberAvailability({
    shop: shop.slug,
    targetDate,
    barberId,
  });
  if (kind !== 'ok') throw new Error('Not read');
}

/** Other shops' days, as long as ours are. */
async function fill(url, keys) {
  const client = new Redis(url);
  try {
    for (let from = 0; from < keys; from += KEYS_AT_ONCE) {
      await client.eval(
        `for i = ARGV[1], ARGV[2] do redis.call('SET', 'fc:{shop:0}:day:' .. i .. ':2026-11-23', ARGV[3], 'EX', 86400) end`,
        0,
        from + 1,
        Math.min(keys, from + KEYS_AT_ONCE),
        'x'.repeat(75),
      );
    }
  } finally {
    client.disconnect();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { createCachedSource } from '../../dist/availability/cached-source.js';
import { createChangeFeed } from '../../dist/availability/feed/change-feed.js';
import { createPostgresSource } from '../../dist/availability/postgres/postgres-source.js';
import { createMemoryStore } from '../../dist/availability/store/memory-store.js';
import { createRedisStore } from '../../dist/availability/store/redis/redis-store.js';
import { addDays } from '../../dist/calendar/time.js';
import { systemClock as clock } from '../../dist/clock.js';
import { openRedis } from '../../dist/redis/redis.js';
import { measureEach } from '../measuring/pairs.js';
import { quantile } from '../measuring/rounds.js';

const DAYS = 30;
const ROUNDS = 15;
const READS = 100;
const READ_EVERY_MS = 4;
const silent = { info() {}, warn: console.warn };

/** What a warm-up costs beside the plain load of the same days, and what readers notice of it. */
export async function benchWarming(bench) {
  const world = await bench.world();
  const { url } = await bench.redis();
  const { shopId, barberIds, today, db } = world;
  const range = { shopId, barberIds, from: today, to: addDays(today, DAYS - 1) };
  const plain = createPostgresSource(db);
  const cache = await openCache(world, url);
  try {
    const warm = async (source, expected = barberIds.length * DAYS) => {
      const { cached } = await source.warm(range);
      if (cached !== expected) throw new Error(`${cached} days were loaded`);
    };
    const emptied = async (shared) => {
      if (shared) await cache.flush();
      return cache.open(shared).source;
    };
    let [alone, shared] = [await emptied(false), await emptied(true)];
    const figures = new Map();
    for (let round = 0; round < ROUNDS; round++) {
      // Emptied before, so that only the warm-up itself is measured.
      const one = await measureEach(
        [
          { name: 'load', run: () => plain.load(range) },
          { name: 'process', run: () => warm(alone) },
          { name: 'redis', run: () => warm(shared) },
          { name: 'again', run: () => warm(shared, 0) },
        ],
        { rounds: 1, turns: 1, warmUp: 0 },
      );
      [alone, shared] = [await emptied(false), await emptied(true)];
      for (const [name, { walls, cpus }] of one) {
        const of = figures.get(name) ?? { walls: [], cpus: [] };
        figures.set(name, { walls: [...of.walls, ...walls], cpus: [...of.cpus, ...cpus] });
      }
    }
    const [undisturbed, disturbed] = await slowestReads(cache, range);
    const line = (what, name) => ({
      what,
      values: figures.get(name).walls,
      cpus: figures.get(name).cpus,
      unit: ' µs',
    });
    const against = (what, name) => ({
      what,
      values: figures.get(name).walls.map((wall, round) => wall / figures.get('load').walls[round]),
      unit: ' ×',
      limit: 3,
    });
    return [
      line('Plain load of 50 barbers × 30 days', 'load'),
      line('Warm-up of the same, in the process', 'process'),
      against('Against the plain load', 'process'),
      line('Warm-up of the same, in Redis too', 'redis'),
      against('Against the plain load', 'redis'),
      line('The same again, when all is fresh', 'again'),
      { what: 'A day that is not cached, p99 of reads', values: undisturbed, unit: ' ms' },
      { what: 'The same while one warm-up follows the other', values: disturbed, unit: ' ms' },
    ];
  } finally {
    await cache.close();
  }
}

/** p99 of cold reads of other days, by round: without warm-ups, and among them. */
async function slowestReads(cache, range) {
  const [undisturbed, disturbed] = [[], []];
  for (let round = 0; round < ROUNDS; round++)
    for (const [figures, isWarming] of [
      [undisturbed, false],
      [disturbed, true],
    ]) {
      const { source, store } = cache.open(false);
      let isReading = true;
      const warming = (async () => {
        while (isWarming && isReading) {
          await source.warm(range);
          store.clear();
        }
      })();
      figures.push(quantile(await readRegularly(source, range), 0.99));
      isReading = false;
      await warming;
    }
  return [undisturbed, disturbed];
}

/** How long (ms) each took since it was due. */
async function readRegularly(source, { shopId, barberIds, to }) {
  const began = performance.now();
  return Promise.all(
    Array.from({ length: READS }, async (_, i) => {
      await sleep(i * READ_EVERY_MS);
      const due = began + i * READ_EVERY_MS;
      const date = addDays(to, 2 + Math.floor(i / barberIds.length));
      await source.load({ shopId, barberIds: [barberIds[i % barberIds.length]], from: date, to: date });
      return performance.now() - due;
    }),
  );
}

/** A feed and a Redis, and cached sources on them with nothing in the process. */
async function openCache({ connectionString, db }, url) {
  const feed = createChangeFeed({ connectionString, clock, log: silent });
  const redis = openRedis({ url, log: silent });
  await Promise.all([feed.start(), redis.tried()]);
  const ttl = { days: 300, schedules: 300, rules: 300 };
  return {
    open(isShared) {
      const store = createMemoryStore({ maxEntries: 50_000, clock });
      const shared = isShared && { shared: createRedisStore({ redis, history: feed.history }) };
      const source = createCachedSource({
        source: createPostgresSource(db),
        store,
        ...shared,
        feed,
        db,
        ttl,
        clock,
      });
      return { source, store };
    },
    flush: () => redis.run((client) => client.flushall()),
    async close() {
      await redis.close();
      await feed.close();
    },
  };
}

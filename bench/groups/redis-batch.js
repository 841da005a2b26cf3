import { Redis } from 'ioredis';
import { createCachedSource } from '../../dist/availability/cached-source.js';
import { createChangeFeed } from '../../dist/availability/feed/change-feed.js';
import { createPostgresSource } from '../../dist/availability/postgres/postgres-source.js';
import { createMemoryStore } from '../../dist/availability/store/memory-store.js';
import { createRedisStore } from '../../dist/availability/store/redis/redis-store.js';
import { addDays, datesFrom } from '../../dist/calendar/time.js';
import { systemClock as clock } from '../../dist/clock.js';
import { openRedis } from '../../dist/redis/redis.js';
import { comparisonOf } from '../measuring/report.js';
import { measure, repeated } from '../measuring/rounds.js';
import { createBento } from '../peers/bentocache.js';
import { createLayeredLoader } from '../peers/layered-loader.js';

/** Days of one barber in one read. */
const MANY = 50;
const silent = { info() {}, warn: console.warn };

/** What 50 days out of Redis cost a process that keeps nothing, against fetching the very bytes. */
export async function benchRedisBatch(bench) {
  const world = await bench.world();
  const { shopId, barberIds, today } = world;
  const { url } = await bench.redis();
  const { source, close } = await openSource(world, url);
  const client = new Redis(url);
  try {
    const dates = datesFrom(today, addDays(today, MANY - 1));
    const queryOf = (barberId) => ({ shopId, barberIds: [barberId], from: today, to: dates.at(-1) });
    const keysOf = (barberId) => dates.map((date) => keyOf(shopId, barberId, date));
    const values = new Map();
    for (const barberId of barberIds) {
      for (const one of await source.load(queryOf(barberId))) {
        values.set(keyOf(shopId, barberId, one.value.date), one);
      }
    }
    const peer = {
      memory: false,
      redis: client,
      load: async (key) => values.get(key),
      loadMany: async (keys) => keys.map((key) => values.get(key)),
      keyOf: ({ value }) => keyOf(shopId, value.barberId, value.date),
    };
    const [layered, bento] = [createLayeredLoader(peer), createBento(peer)];
    for (const barberId of barberIds) {
      await layered.getMany(keysOf(barberId));
      await bento.getMany(keysOf(barberId));
    }
    let turn = 0;
    const each = (read) => repeated(() => read(barberIds[turn++ % barberIds.length]));
    const inJson = (barberId) => keysOf(barberId).map((key) => `layered-cache:${key}`);
    const cases = {
      bytes: each((barberId) => client.mgetBuffer(keysOf(barberId))),
      load: each((barberId) => source.load(queryOf(barberId))),
      json: each((barberId) => client.mget(inJson(barberId))),
      layered: each((barberId) => layered.getMany(keysOf(barberId))),
      bento: each((barberId) => bento.getMany(keysOf(barberId))),
    };
    const before = countsOf(source);
    const figures = await measure(Object.entries(cases).map(([name, run]) => ({ name, run })));
    const { shared, loads } = countsOf(source);
    // A machine that stalls for 50 ms makes a read give Redis up; more than a few such would be another measurement.
    if ((loads - before.loads) * 1_000 > shared - before.shared)
      throw new Error('Much was loaded from Postgres meanwhile');
    const { line, against } = comparisonOf(figures);
    return [
      line('50 days as bytes: one `mgetBuffer`', 'bytes'),
      line('50 days through `load`, out of Redis', 'load'),
      against('Its CPU against the bytes', 'load', 'bytes', 1.3),
      line('The same days as JSON: one `mget` of the text', 'json'),
      against('`load` against the text', 'load', 'json'),
      against('layered-loader against the text', 'layered', 'json'),
      against('BentoCache against the text', 'bento', 'json'),
    ];
  } finally {
    client.disconnect();
    await close();
  }
}

/** A cached source on Redis, with nothing in the process. */
async function openSource({ connectionString, db }, url) {
  const feed = createChangeFeed({ connectionString, clock, log: silent });
  const redis = openRedis({ url, log: silent });
  const source = createCachedSource({
    source: createPostgresSource(db),
    store: { ...createMemoryStore({ maxEntries: 1, clock }), get() {}, putMany: ({ length }) => length },
    shared: createRedisStore({ redis, history: feed.history }),
    feed,
    db,
    ttl: { days: 300, schedules: 300, rules: 300 },
    clock,
  });
  const close = async () => {
    source.close();
    await redis.close();
    await feed.close();
  };
  try {
    await Promise.all([feed.start(), redis.tried()]);
    return { source, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function keyOf(shopId, barberId, date) {
  return `fc:{shop:${shopId}}:day:${barberId}:${date}`;
}

function countsOf(source) {
  const { shared, loads } = source.stats().days;
  return { shared: shared.hits, loads };
}

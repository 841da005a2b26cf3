import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisDriver } from 'bentocache/drivers/redis';
import { LIFETIME_MS, MAX_VALUES } from './limits.js';

/**
 * BentoCache around a load, in memory or in Redis or both. In memory it keeps the objects themselves: as text, its
 * default, a hit costs more.
 *
 * @param {{ memory: boolean, redis?: import('ioredis').Redis, load: (key: string) => Promise<unknown> }} options
 */
export function createBento({ memory, redis, load }) {
  const store = bentostore();
  if (memory) store.useL1Layer(memoryDriver({ maxItems: MAX_VALUES, serialize: false }));
  if (redis !== undefined) store.useL2Layer(redisDriver({ connection: redis }));
  const cache = new BentoCache({ default: 'days', ttl: LIFETIME_MS, stores: { days: store } });
  const get = (key) => cache.getOrSet({ key, factory: () => load(key) });
  return {
    get,
    /** It has no way to read many at once. */
    getMany: (keys) => Promise.all(keys.map(get)),
    drop: (keys) => cache.deleteMany({ keys }),
  };
}

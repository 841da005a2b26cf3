import { Loader, RedisCache } from 'layered-loader';
import { LIFETIME_MS, MAX_VALUES } from './limits.js';

/**
 * layered-loader around a load, in memory or in Redis or both.
 *
 * @param {{ memory: boolean, redis?: import('ioredis').Redis, load: (key: string) => Promise<unknown>,
 *   loadMany?: (keys: string[]) => Promise<unknown[]>, keyOf?: (value: unknown) => string }} options
 */
export function createLayeredLoader({ memory, redis, load, loadMany, keyOf }) {
  const loader = new Loader({
    ...(memory && {
      inMemoryCache: { cacheType: 'lru-map', ttlInMsecs: LIFETIME_MS, maxItems: MAX_VALUES },
    }),
    ...(redis && { asyncCache: new RedisCache(redis, { json: true, ttlInMsecs: LIFETIME_MS }) }),
    dataSourceGetOneFn: load,
    ...(loadMany && { dataSourceGetManyFn: loadMany }),
    ...(keyOf && { cacheKeyFromValueResolver: keyOf }),
  });
  return {
    get: (key) => loader.get(key),
    getMany: (keys) => loader.getMany(keys),
    drop: (keys) => loader.invalidateCacheForMany(keys),
  };
}

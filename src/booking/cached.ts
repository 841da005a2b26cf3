import type { Kysely } from 'kysely';
import { followLifetimes, type LifetimeFollower } from '../availability/cache/lifetime-settings.ts';
import type { WarmUpStats } from '../availability/cache/warm-up.ts';
import { type CachedSource, createCachedSource } from '../availability/cached-source.ts';
import { totalsOf } from '../availability/counting/report.ts';
import { type ChangeFeed, createChangeFeed } from '../availability/feed/change-feed.ts';
import { createPostgresSource } from '../availability/postgres/postgres-source.ts';
import { createMemoryStore } from '../availability/store/memory-store.ts';
import { createRedisStore } from '../availability/store/redis/redis-store.ts';
import { systemClock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import { openRedis, type RedisConnection } from '../redis/redis.ts';
import { type BookingServiceOptions, bookingServiceOver, databaseOf } from './service.ts';
import type { BookingService } from './types/service.ts';

export interface CacheHealth {
  readonly cacheAvailable: boolean;
  /** Whether this instance sees what others change; while it does not, it reads past its cache. */
  readonly following: boolean;
  readonly cacheStats: {
    /** Per cent of the values read since the start; null before the first read. */
    readonly hitRate: number | null;
    readonly hits: number;
    readonly misses: number;
  };
}

export interface CachedBookingService extends BookingService {
  /** Loads what is missing of a range of dates, both included, for these barbers or all. */
  warmUpCacheForDateRange(options: {
    shop?: string | undefined;
    startDate: string;
    endDate: string;
    barberIds?: readonly number[] | undefined;
  }): Promise<WarmUpStats>;
  getCacheHealth(): CacheHealth;
  /** Makes what is cached of a barber unusable on every instance; rarely needed, changes do it by themselves. */
  invalidateCacheForBarber(options: { barberId: number }): Promise<Invalidated>;
  invalidateCacheForDateRange(options: {
    shop?: string | undefined;
    startDate: string;
    endDate: string;
  }): Promise<Invalidated>;
  readonly cache: {
    isAvailable(): boolean;
    /** Whether it is shared between processes, in Redis. */
    readonly isShared: boolean;
  };
  /** Keeps the lifetimes as they are set for all instances. */
  readonly lifetimes: Pick<LifetimeFollower, 'apply' | 'defaults'>;
  /** The cache itself, for what reads barber-days without booking. */
  readonly source: CachedSource;
  /** What the cache is made of, for whoever watches over it. */
  readonly parts: CacheParts;
  /** Resolves when the instance follows the changes of others and has tried Redis; until then reads go past the cache. */
  following(): Promise<void>;
}

export interface CacheParts {
  readonly feed: Pick<ChangeFeed, 'isFollowing' | 'stats' | 'poll'>;
  readonly redis: RedisConnection | undefined;
  readonly db: Kysely<Database>;
  /** Values kept in the process at most. */
  readonly maxEntries: number;
}

interface Invalidated {
  readonly invalidatedKeys: number;
}

/** The connection to Redis: the one that is shared, which stays open, or one of our own, or none. */
function redisOf({ cache = {}, log = silent }: BookingServiceOptions) {
  const { redis, redisUrl } = cache;
  if (redis !== undefined || redisUrl === undefined) return { redis, close: async () => {} };
  const own = openRedis({ url: redisUrl, log });
  return { redis: own, close: own.close };
}

const silent = { info: () => {}, warn: () => {} };

/**
 * The booking service with the cache in front: a drop-in for `createBookingService`, with the same options,
 * methods and answers. It follows the changes of availability on two connections of its own from the start;
 * `close` ends them.
 */
export function createCachedBookingService(options: BookingServiceOptions): CachedBookingService {
  const { databaseUrl, log = silent } = options;
  const {
    availableSlotsTtl = 300,
    barberAvailabilityTtl = 3_600,
    businessHoursTtl = 86_400,
    maxEntries = 50_000,
    watchers = [],
  } = options.cache ?? {};
  const { db, close: closeDatabase } = databaseOf(options);
  const feed: ChangeFeed = createChangeFeed({ connectionString: databaseUrl, clock: systemClock, log });
  const { redis, close: closeRedis } = redisOf(options);
  const source = createCachedSource({
    source: createPostgresSource(db),
    store: createMemoryStore({ maxEntries, clock: systemClock }),
    ...(redis && { shared: createRedisStore({ redis, history: feed.history }) }),
    feed,
    db,
    ttl: { days: availableSlotsTtl, schedules: barberAvailabilityTtl, rules: businessHoursTtl },
    clock: systemClock,
    watchers,
  });
  const lifetimes = followLifetimes({ db, source, log });
  const started = Promise.all([feed.start(), redis?.tried()]).then(lifetimes.apply);
  // Whoever waits for it hears of it; otherwise the cache is just not used.
  started.catch(() => {});
  const bookings = bookingServiceOver({
    db,
    source,
    clock: options.clock ?? feed,
    onChanges: source.applied,
  });

  const shopIdOf = async (slug: string | undefined) => {
    const shopId = await source.find(slug);
    if (shopId === undefined)
      throw new RangeError(slug === undefined ? 'There is no shop' : `shop: no "${slug}"`);
    return shopId;
  };

  return {
    ...bookings,
    async warmUpCacheForDateRange({ shop, startDate: from, endDate: to, barberIds }) {
      return source.warm({ shopId: await shopIdOf(shop), from, to, ...(barberIds && { barberIds }) });
    },
    getCacheHealth() {
      const { days, schedules, rules } = source.stats();
      const { hitRate, hits, misses } = totalsOf([days, schedules, rules]);
      return {
        cacheAvailable: source.isAvailable(),
        following: feed.isFollowing(),
        cacheStats: { hitRate, hits, misses },
      };
    },
    async invalidateCacheForBarber({ barberId }) {
      const barber = await db
        .selectFrom('barber')
        .select('shop_id')
        .where('id', '=', barberId)
        .executeTakeFirst();
      const of = barber && { shopId: barber.shop_id, barberIds: [barberId] };
      return { invalidatedKeys: of === undefined ? 0 : await source.invalidate(of) };
    },
    async invalidateCacheForDateRange({ shop, startDate: from, endDate: to }) {
      return { invalidatedKeys: await source.invalidate({ shopId: await shopIdOf(shop), from, to }) };
    },
    cache: { isAvailable: source.isAvailable, isShared: redis !== undefined },
    lifetimes,
    source,
    parts: { feed, redis, db, maxEntries },
    following: () => started,
    async close() {
      await feed.close();
      await lifetimes.close();
      source.close();
      await closeRedis();
      await closeDatabase();
    },
  };
}

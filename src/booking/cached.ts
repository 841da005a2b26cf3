import type { Kysely } from 'kysely';
import { followLifetimes, type LifetimeFollower } from '../availability/cache/lifetime-settings.ts';
import type { WarmUpProgress, WarmUpStats } from '../availability/cache/warm-up.ts';
import { type CachedSource, createCachedSource } from '../availability/cached-source.ts';
import { totalsOf } from '../availability/counting/report.ts';
import { type ChangeFeed, createChangeFeed } from '../availability/feed/change-feed.ts';
import { createPostgresSource } from '../availability/postgres/postgres-source.ts';
import { createMemoryStore } from '../availability/store/memory-store.ts';
import { createRedisStore } from '../availability/store/redis/redis-store.ts';
import { systemClock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import type { Fault } from '../outcome.ts';
import { openRedis, type RedisConnection } from '../redis/redis.ts';
import { faultsOfDates, faultsOfWarmUp } from './cache-faults.ts';
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
  /**
   * Loads what is missing of a range of dates, both included and at most 90, for these barbers or all who are active.
   * What cannot be loaded is counted. Throws RangeError, with everything that is wrong, for what is no such range, and
   * for a shop or barbers that do not exist.
   */
  warmUpCacheForDateRange(options: {
    shop?: string | undefined;
    startDate: string;
    endDate: string;
    barberIds?: readonly number[] | undefined;
    /** Called at the start, and a few times on the way. */
    onProgress?: ((progress: WarmUpProgress) => void) | undefined;
    /** Ends it early: it rejects with the signal's reason then. */
    signal?: AbortSignal | undefined;
  }): Promise<WarmUpStats>;
  getCacheHealth(): CacheHealth;
  /**
   * Makes what is cached of a barber unusable on every instance; rarely needed, changes do it by themselves. Throws
   * RangeError where there is no such barber.
   */
  invalidateCacheForBarber(options: { barberId: number }): Promise<Invalidated>;
  /** The same for days of a shop, both included and at most 90; RangeError as for a warm-up. */
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
    async warmUpCacheForDateRange({ shop, startDate, endDate, ...options }) {
      const shopId = await shopIdOf(shop);
      const { barberIds } = options;
      refuse(await faultsOfWarmUp(db, shopId, { startDate, endDate, barberIds }));
      return source.warm({ shopId, from: startDate, to: endDate, ...options });
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
      if (barber === undefined) throw new RangeError(`barberId: there is no barber ${barberId}`);
      const invalidatedKeys = await source.invalidate({ shopId: barber.shop_id, barberIds: [barberId] });
      return { invalidatedKeys };
    },
    async invalidateCacheForDateRange({ shop, startDate, endDate }) {
      refuse(faultsOfDates({ startDate, endDate }));
      const shopId = await shopIdOf(shop);
      return { invalidatedKeys: await source.invalidate({ shopId, from: startDate, to: endDate }) };
    },
    cache: { isAvailable: source.isAvailable, isShared: redis !== undefined },
    lifetimes,
    source,
    parts: { feed, redis, db, maxEntries },
    async following() {
      await started;
      if (!feed.isFollowing()) await feed.poll();
    },
    async close() {
      await feed.close();
      await lifetimes.close();
      source.close();
      await closeRedis();
      await closeDatabase();
    },
  };
}

/** @throws RangeError that tells all of them */
function refuse(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new RangeError(faults.map(({ field, detail }) => `${field}: ${detail}`).join(' '));
}

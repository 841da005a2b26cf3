import { type CachedBookingService, createCachedBookingService } from '../../src/booking/cached.ts';
import type { CacheOptions } from '../../src/booking/service.ts';
import type { Metric } from '../../src/insight/health/metric.ts';
import {
  type CacheMonitoringOptions,
  type CacheMonitoringService,
  createCacheMonitoringService,
} from '../../src/insight/monitoring.ts';
import { clockAt, type TestShop } from '../support/shop.ts';
import type { TestDatabase } from '../support/test-database.ts';
import { until } from '../support/waiting.ts';

export const NOW = '2026-11-22T20:00:00Z';
/** All that there are with Redis, in order. */
export const METRICS = [
  'availability',
  'response_time_ms',
  'memory_usage_mb',
  'connected_clients',
  'hit_rate',
  'cache_operations',
  'expiration_health',
  'error_rate',
  'invalidation_lag_ms',
  'feed',
  'drift',
];
/** The first of the days that are read. */
const FIRST_DAY = '2026-11-23';

/** A cache that is watched. */
export interface Watched {
  readonly bookings: CachedBookingService;
  readonly monitoring: CacheMonitoringService;
  readonly clock: ReturnType<typeof clockAt>;
  /** Lets minutes pass for whoever watches. */
  passMinutes(minutes: number): void;
  /** Resolves when all is well, as if it had only started then: a busy machine may have missed a heartbeat. */
  isWell(): Promise<void>;
  metric(name: string): Promise<Metric>;
  /** Resolves with the metric as soon as it has this status. */
  becomes(name: string, status: Metric['status']): Promise<Metric>;
  /** Reads so many days of the shop's first barber, one by one. */
  readDays(shop: TestShop, days: number): Promise<void>;
  close(): Promise<void>;
}

export interface WatchedOptions extends Omit<CacheMonitoringOptions, 'bookings' | 'clock' | 'monotonic'> {
  readonly database: TestDatabase;
  /** Where the feed connects, if elsewhere. */
  readonly feedConnection?: string;
  readonly cache?: CacheOptions;
}

export async function watch(options: WatchedOptions): Promise<Watched> {
  const { database, feedConnection = database.connectionString, cache = {}, ...rest } = options;
  const bookings = createCachedBookingService({ databaseUrl: feedConnection, db: database.db, cache });
  const clock = clockAt(NOW);
  let passed = 0;
  const monotonic = () => performance.now() + passed;
  await bookings.following();
  const monitoring = createCacheMonitoringService({ bookings, clock, monotonic, instance: 'one', ...rest });
  const metric = async (name: string) => {
    const { metrics } = await monitoring.getCurrentHealth();
    const found = metrics.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no ${name} among ${metrics.map((one) => one.name)}`);
    return found;
  };
  return {
    bookings,
    monitoring,
    clock,
    metric,
    isWell: () =>
      until(async () => {
        monitoring.start();
        return (await monitoring.getCurrentHealth()).overallStatus === 'healthy';
      }),
    passMinutes(minutes) {
      passed += minutes * 60_000;
    },
    async becomes(name, status) {
      let found = await metric(name);
      await until(async () => {
        found = await metric(name);
        return found.status === status;
      });
      return found;
    },
    async readDays({ id: shopId, barberIds: [barberId = 0] }, days) {
      for (let n = 0; n < days; n++) {
        const date = new Date(Date.parse(FIRST_DAY) + n * 86_400_000).toISOString().slice(0, 10);
        await bookings.source.load({ shopId, barberIds: [barberId], from: date, to: date });
      }
    },
    async close() {
      await monitoring.close();
      await bookings.close();
    },
  };
}

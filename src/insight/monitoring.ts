import type { MaybePromise } from '../availability/source.ts';
import type { CachedBookingService } from '../booking/cached.ts';
import type { Clock } from '../clock.ts';
import { isUnreachable } from '../database/errors.ts';
import { instanceName } from '../instance.ts';
import type { Logger } from '../log.ts';
import { type Counters, createWindow, type KindLatency, latencyOf, measuredBy } from './counters.ts';
import type { DriftState } from './drift/auditor.ts';
import { judge } from './health/check.ts';
import type { CurrentHealth } from './health/current.ts';
import { createRedisVitals } from './health/measuring/vitals.ts';
import { type KeySummary, summarizeKeys } from './keys/summary.ts';
import { readsByKind } from './reads.ts';
import { createRecorder } from './trends/recorder.ts';
import { readTrends, type Trends } from './trends/trends.ts';
import { type MetricUtilization, utilizationOf } from './utilization.ts';

export interface CacheMonitoringOptions {
  /** The cache to watch, in this process. */
  readonly bookings: Pick<CachedBookingService, 'source' | 'parts' | 'cache' | 'getCacheHealth'>;
  /** Default: Postgres's, as far as it is known here; it is the same on all instances. */
  readonly clock?: Clock;
  /** Milliseconds on a clock that is never set; default `performance.now`. */
  readonly monotonic?: () => number;
  /** What this process is called; default its host and its number. */
  readonly instance?: string;
  readonly log?: Pick<Logger, 'info' | 'warn'>;
  /** What the auditor found who compares the cache with Postgres, where there is one. */
  readonly drift?: () => DriftState;
  /** How long reads took; default what the cache measures. */
  readonly latency?: () => MaybePromise<readonly KindLatency[]>;
}

export interface Utilization {
  readonly timestamp: string;
  readonly metrics: readonly MetricUtilization[];
}

/** Everything in one document. What Postgres keeps is null while it is away. */
export interface CacheReport {
  readonly timestamp: string;
  readonly health: CurrentHealth;
  readonly stats: ReturnType<CachedBookingService['getCacheHealth']>;
  readonly trends: Trends | null;
  readonly utilization: readonly MetricUtilization[];
  readonly keys: KeySummary;
}

export interface CacheMonitoringService {
  /** How the cache is now, in less than 50 ms, whatever Redis and Postgres do. */
  getCurrentHealth(): Promise<CurrentHealth>;
  /** How it has been on all instances, for 1 to 168 hours (default 24). */
  getTrends(options?: { hours?: number }): Promise<Trends>;
  getUtilization(): Promise<Utilization>;
  getKeySummary(): Promise<KeySummary>;
  getReport(options?: { hours?: number }): Promise<CacheReport>;
  /** Writes a check into Postgres, as happens once a minute from `start` on. Resolves to whether that worked. */
  recordCheck(): Promise<boolean>;
  /** Writes a check a minute, and forgets what was before: the process has only started. */
  start(): void;
  /** Stops looking; the cache itself stays open. */
  close(): Promise<void>;
}

const WINDOW_MS = 300_000;
const LOOK_EVERY_MS = 10_000;
const silent = { info: () => {}, warn: () => {} };

/** Watches over a cache, from now on. It only ever looks. */
export function createCacheMonitoringService(options: CacheMonitoringOptions): CacheMonitoringService {
  const { bookings, monotonic = () => performance.now(), drift } = options;
  const { instance = instanceName(), log = silent } = options;
  const { source, parts, cache } = bookings;
  const { clock = { now: source.now } } = options;
  const { latency = () => measuredBy(source.times) } = options;
  const { feed, redis, db, maxEntries } = parts;
  const lookAtRedis = redis && createRedisVitals(redis, instance);
  const window = createWindow(counters, WINDOW_MS);
  const looking = setInterval(() => void window.look(), LOOK_EVERY_MS).unref();
  let checking: Promise<CurrentHealth> | undefined;

  async function counters(): Promise<Counters> {
    const stats = source.stats();
    const now = {
      at: monotonic(),
      reads: readsByKind(stats),
      entries: stats.entries,
      feed: feed.stats(),
      redis: redis?.stats(),
    };
    const kinds = await latency();
    return { ...now, hitMs: latencyOf(kinds, 'hit'), missMs: latencyOf(kinds, 'miss') };
  }

  async function check(): Promise<CurrentHealth> {
    const began = monotonic();
    const timestamp = new Date(clock.now()).toISOString();
    const vitals = await lookAtRedis?.();
    const { status, ...judgement } = judge({
      period: await window.look(),
      isAvailable: cache.isAvailable(),
      isFollowing: feed.isFollowing(),
      redis: vitals,
      maxEntries,
      drift: drift?.(),
      now: clock.now(),
    });
    const durationMs = monotonic() - began;
    return { overallStatus: status, timestamp, durationMs, instance, ...judgement };
  }

  /** Whoever asks meanwhile gets the same answer: Redis is not asked the more, the more look at it. */
  function getCurrentHealth(): Promise<CurrentHealth> {
    checking ??= check().finally(() => {
      checking = undefined;
    });
    return checking;
  }

  const getTrends: CacheMonitoringService['getTrends'] = ({ hours = 24 } = {}) =>
    readTrends(db, clock, hours);
  const getKeySummary = () => summarizeKeys({ source, redis, lifetimes: source.lifetimes(), monotonic });
  const recorder = createRecorder({ db, check: getCurrentHealth, counters, log });

  return {
    getCurrentHealth,
    getTrends,
    async getUtilization() {
      const { timestamp, metrics } = await getCurrentHealth();
      return { timestamp, metrics: metrics.map(utilizationOf) };
    },
    getKeySummary,
    async getReport(asked) {
      const [health, trends, keys] = await Promise.all([
        getCurrentHealth(),
        getTrends(asked).catch((error: unknown) => {
          if (isUnreachable(error)) return null;
          throw error;
        }),
        getKeySummary(),
      ]);
      const { timestamp, metrics } = health;
      const stats = bookings.getCacheHealth();
      return { timestamp, health, stats, trends, utilization: metrics.map(utilizationOf), keys };
    },
    recordCheck: recorder.record,
    start() {
      // A server that starts compiles its routes for so long that it loses sight of the changes: that is no outage.
      window.begin();
      recorder.start();
    },
    async close() {
      clearInterval(looking);
      await recorder.close();
    },
  };
}

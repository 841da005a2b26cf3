import type { Kysely } from 'kysely';
import type { ReadWatcher } from './availability/loading/watcher.ts';
import { createPostgresSource } from './availability/postgres/postgres-source.ts';
import type { CachedBookingService } from './booking/cached.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Database } from './database/schema.ts';
import type { CacheOperations } from './http/routes/cache/administration.ts';
import { type Advisor, createAdvisor } from './insight/advice/advice.ts';
import { createDriftAuditor } from './insight/drift/auditor.ts';
import { pruneFinds } from './insight/drift/finds.ts';
import { createCacheMonitoringService } from './insight/monitoring.ts';
import { rollUpTrends } from './insight/trends/queries.ts';
import type { Logger } from './log.ts';
import { createDemandCounter, type DemandCounter } from './warming/demand/counter.ts';
import { pruneDemand } from './warming/demand/queries.ts';
import { createDemandRecorder } from './warming/demand/recorder.ts';
import { createForecasts } from './warming/forecast/shop-forecast.ts';
import { openJobQueue } from './warming/job-queue.ts';
import { createSchedule, type ScheduledJob } from './warming/schedule.ts';
import { createWarmAhead } from './warming/warm-ahead.ts';
import { pruneWarmUps } from './warming/warm-up/rows.ts';
import { createWarmUps } from './warming/warm-up/warm-ups.ts';

/** Who sees what readers ask for. */
export interface Watchers {
  readonly demand: DemandCounter;
  readonly advisor: Advisor;
  /** For the cache to be watched. */
  readonly all: readonly ReadWatcher[];
}

export interface Operations extends CacheOperations {
  /** From now on it writes down what it sees, and does what is due. */
  start(): void;
  close(): Promise<void>;
}

export interface OperationsOptions {
  readonly connectionString: string;
  readonly db: Kysely<Database>;
  readonly bookings: CachedBookingService;
  /** Those that were given to `bookings`. */
  readonly watchers: Watchers;
  /** What this process is called among those on the database. */
  readonly instance: string;
  readonly log: Logger;
  /** Default: Postgres's, as far as it is known here. */
  readonly clock?: Clock;
}

const DAY_MINUTES = 1_440;

export function createWatchers(clock: Clock = systemClock): Watchers {
  const demand = createDemandCounter();
  const advisor = createAdvisor({ clock });
  return { demand, advisor, all: [demand.watch, advisor.watch] };
}

/** All that looks after the cache of a server: insight and warming, wired together. */
export function openOperations(options: OperationsOptions): Operations {
  const { connectionString, db, bookings, watchers, instance, log } = options;
  const { source } = bookings;
  const { clock = { now: source.now } } = options;
  const stopFollowing = watchers.advisor.follow(source);
  const recorder = createDemandRecorder({ db, counter: watchers.demand, clock, log });
  const forecasts = createForecasts(db, clock);
  const lifetimeMs = () => source.lifetimes().days * 1_000;
  const warmAhead = createWarmAhead({ db, source, forecasts, clock, lifetimeMs });
  const warmUps = createWarmUps({ db, source, log });
  const auditor = createDriftAuditor({ source, truth: createPostgresSource(db), db, log, instance });
  const monitoring = createCacheMonitoringService({
    bookings,
    instance,
    log,
    drift: auditor.driftState,
    clock,
  });
  const jobs: readonly ScheduledJob[] = [
    { name: 'warm-ahead', everyMinutes: 1, run: warmAhead.run },
    { name: 'roll-up-trends', everyMinutes: 60, run: () => rollUpTrends(db, new Date(clock.now())) },
    { name: 'prune-drift', everyMinutes: DAY_MINUTES, run: () => pruneFinds(db) },
    { name: 'prune-demand', everyMinutes: DAY_MINUTES, run: () => pruneDemand(db, clock.now()) },
    { name: 'prune-warm-ups', everyMinutes: DAY_MINUTES, run: () => pruneWarmUps(db, clock.now()) },
  ];
  const schedule = createSchedule({ queue: openJobQueue(connectionString), jobs, clock, log });

  return {
    bookings,
    instance,
    monitoring,
    forecasts,
    warmAhead,
    warmUps,
    advise: watchers.advisor.advise,
    start() {
      for (const { start } of [monitoring, recorder, auditor, schedule]) start();
    },
    async close() {
      stopFollowing();
      await Promise.all([schedule.close(), auditor.close(), monitoring.close(), warmUps.close()]);
      // What was asked for until the end is written down.
      await recorder.close();
    },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import { createInspection, type Inspection } from './cache/inspection.ts';
import { createInvalidation, type Invalidation } from './cache/invalidation.ts';
import { datesOf } from './cache/keys.ts';
import { barberDays, schedules, shopRules } from './cache/kinds.ts';
import { createPreload, type PreloadStats } from './cache/preload.ts';
import { createShopFinder } from './cache/shop-finder.ts';
import { createWarmUp, type WarmUp, type WarmUpStats } from './cache/warm-up.ts';
import { type KindReport, reportOf } from './counting/report.ts';
import { createReadTimes, type ReadTimes } from './counting/times.ts';
import type { CacheContext } from './loading/kind.ts';
import { limitLoads } from './loading/limited-source.ts';
import { type KindName, type Lifetimes, type ReadWatcher, watchedBy } from './loading/watcher.ts';
import type { AvailabilitySource, Loaded, ShopSource, Watchful } from './source.ts';
import { createForgivingStore } from './store/forgiving-store.ts';
import type { MemoryStore } from './store/memory-store.ts';
import type { Store } from './store/store.ts';
import { createVersionedCache } from './versioned-cache.ts';
import { LONGEST_LIFETIME, type VersionChange, type VersionFeed } from './versions.ts';

export interface CachedSourceOptions {
  readonly source: AvailabilitySource & ShopSource;
  /** In the process. It is this source's alone. */
  readonly store: MemoryStore;
  /** Between processes, where there is one. */
  readonly shared?: Store;
  /** Started and closed by whoever made it. */
  readonly feed: VersionFeed;
  /** For what is asked of Postgres beside the source: versions. */
  readonly db: Kysely<Database>;
  /** Lifetimes in seconds, at most a day each. */
  readonly ttl: Lifetimes;
  readonly clock: Clock;
  /** Milliseconds on a clock that is never set; default `performance.now`. */
  readonly monotonic?: () => number;
  /** See what readers ask for. */
  readonly watchers?: readonly ReadWatcher[];
  /** From 0 to 1; default `Math.random`. */
  readonly random?: () => number;
  /** How somebody waits for another process's load; default `setTimeout`. */
  readonly delay?: (ms: number) => Promise<void>;
}

export interface CachedSourceStats {
  readonly days: KindReport;
  readonly schedules: KindReport;
  readonly rules: KindReport;
  /** Milliseconds for which all of this was counted. */
  readonly uptimeMs: number;
  /** Values in the process. */
  readonly entries: number;
  /** Version rows that are known to have changed lately. */
  readonly knownVersions: number;
}

export interface CachedSource extends AvailabilitySource, ShopSource, Watchful {
  /** Makes own writes known: called after the commit and before the answer. */
  applied(changes: readonly VersionChange[]): void;
  /** Calls the listener after versions were applied here, whoever wrote them. Returns how to stop. */
  onChange(listener: (changes: readonly VersionChange[]) => void): () => void;
  /** Calls the listener when the changes of others are seen again after they were not. Returns how to stop. */
  onCaughtUp(listener: () => void): () => void;
  /** Epoch ms of Postgres's clock, by which holds lapse. */
  now(): number;
  /** Whether the cache can be used: false while the store between processes does not answer. */
  isAvailable(): boolean;
  /** Makes what is cached unusable, on every instance; resolves to how many values were dropped. */
  invalidate(what: Invalidation): Promise<number>;
  /** Loads what is missing of days. Failures are counted, not thrown. */
  warm(what: WarmUp): Promise<WarmUpStats>;
  /** Loads what is missing of a shop's rules and its barbers' hours. */
  preload(shopId: number): Promise<PreloadStats>;
  stats(): CachedSourceStats;
  /** How long reads took since the start. */
  readonly times: ReadTimes;
  /** The keys of what lies in the process, the most recently used first. */
  keys(): Iterable<string>;
  /** What lies in the caches, for whoever compares it with Postgres. */
  readonly inspection: Inspection;
  /** In seconds, as they are now. */
  lifetimes(): Lifetimes;
  /** Changes them at once, for what is cached already too. Freshness does not depend on it. */
  setLifetimes(lifetimes: Lifetimes): void;
  close(): void;
}

/** The same source, out of the cache wherever that is possible, and never stale. */
export function createCachedSource(options: CachedSourceOptions): CachedSource {
  const { store, feed, db, clock } = options;
  const source = limitLoads(options.source);
  const { monotonic = () => performance.now(), random = Math.random, delay = (ms) => sleep(ms) } = options;
  const shared = options.shared && createForgivingStore(options.shared);
  const context: CacheContext = {
    store,
    shared,
    feed,
    clock,
    monotonic,
    random,
    delay,
    watch: watchedBy(options.watchers ?? []),
    times: createReadTimes(),
  };
  const startedAt = monotonic();
  let lifetimes = withinLimit(options.ttl);
  const lifetimeOf = (kind: KindName) => () => lifetimes[kind] * 1_000;
  const kinds = {
    days: barberDays(source, db, lifetimeOf('days')),
    schedules: schedules(source, db, lifetimeOf('schedules')),
    rules: shopRules(source, db, lifetimeOf('rules')),
  };
  const dayCache = createVersionedCache(kinds.days, context);
  const scheduleCache = createVersionedCache(kinds.schedules, context);
  const rulesCache = createVersionedCache(kinds.rules, context);
  const finder = createShopFinder(source, feed, monotonic);
  const stopClearing = feed.onReset(store.clear);

  function only<T>(values: readonly Loaded<T>[]): Loaded<T> | undefined {
    // Whoever asks has found this shop, and it is no more.
    if (values.length === 0) finder.forget();
    return values[0];
  }

  const reads: AvailabilitySource & ShopSource = {
    load(query, read) {
      const days = dayCache.readMany(query, read);
      if (!(days instanceof Promise)) return days;
      // All or none, as its reader counts on their order: there are none of a shop that is just being deleted.
      const { barberIds, from, to } = query;
      return days.then((found) =>
        found.length === barberIds.length * datesOf(from, to).length ? found : [],
      );
    },
    find: finder.find,
    rules(shopId, read) {
      const found = rulesCache.readMany({ shopId }, read);
      return found instanceof Promise ? found.then(only) : only(found);
    },
    schedules: (shopId, barberIds, read) => scheduleCache.readMany({ shopId, barberIds }, read),
  };

  return {
    ...reads,
    epoch: (shopId) => (feed.isFollowing() ? feed.known.epoch(shopId) : undefined),
    exactAgain(shopId, epoch, read) {
      // Not a number while changes are not seen, and so before nothing.
      if (!(feed.followedNow() < read.until) || feed.known.epoch(shopId) !== epoch) return undefined;
      const { days, schedules, rules } = read.hitsOf;
      if (days > 0) dayCache.repeated(days);
      if (schedules > 0) scheduleCache.repeated(schedules);
      if (rules > 0) rulesCache.repeated(rules);
      for (const seen of read.seen) seen();
      return Math.max(read.asOf, feed.asOf());
    },
    applied: feed.learn,
    onChange: feed.onChange,
    onCaughtUp: feed.onCaughtUp,
    now: feed.now,
    isAvailable: () => shared?.isAvailable() ?? true,
    invalidate: createInvalidation(reads, db, context),
    warm: createWarmUp(dayCache, reads, monotonic),
    preload: createPreload(rulesCache, scheduleCache, monotonic),
    stats: () => ({
      days: reportOf(kinds.days, dayCache, store),
      schedules: reportOf(kinds.schedules, scheduleCache, store),
      rules: reportOf(kinds.rules, rulesCache, store),
      uptimeMs: monotonic() - startedAt,
      entries: store.size,
      knownVersions: feed.known.size,
    }),
    times: context.times,
    keys: store.keys,
    inspection: createInspection(kinds, db, context),
    lifetimes: () => lifetimes,
    setLifetimes(next) {
      lifetimes = withinLimit(next);
      // What was found acceptable was so by the old ones.
      feed.known.judgeAnew();
    },
    close() {
      stopClearing();
      finder.close();
      store.clear();
    },
  };
}

function withinLimit({ days, schedules, rules }: Lifetimes): Lifetimes {
  const limited = (seconds: number) => Math.min(seconds, LONGEST_LIFETIME / 1_000);
  return { days: limited(days), schedules: limited(schedules), rules: limited(rules) };
}

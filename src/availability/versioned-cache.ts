import { LRUCache } from 'lru-cache';
import { currentScope } from './counting/scope.ts';
import type { Sizes } from './counting/sizes.ts';
import { type KindStats, newKindStats } from './counting/stats.ts';
import { Tally } from './counting/tally.ts';
import { SAMPLE_EVERY } from './counting/times.ts';
import { asOfKind, type CacheContext, type Kind } from './loading/kind.ts';
import { createLoader } from './loading/loader.ts';
import type { Seen } from './loading/watcher.ts';
import { createExactReader } from './reading/read-exactly.ts';
import { createFollowingReader } from './reading/read-following.ts';
import { createPastReader } from './reading/read-past.ts';
import { asUnreachable } from './reading/unreachable.ts';
import type { Loaded, MaybePromise, Read } from './source.ts';

export interface VersionedCache<Q, T> {
  /**
   * The values that a query asks for; those that do not exist are left out. Answers without a promise when all
   * of them may be used as they lie in the process. Rejects with `AvailabilityUnreachable` where Postgres is
   * away and the cache is no help.
   */
  readMany(query: Q, read?: Read): MaybePromise<readonly Loaded<T>[]>;
  /** An answer of so many values was given once more, without being read. */
  repeated(values: number): void;
  /** How many of a query's values may be used just now as they lie in the process. */
  usable(query: Q): number;
  /** Resolves when all that was loaded so far is in the shared store, or could not be put there. */
  stored(): Promise<void>;
  readonly stats: Readonly<KindStats>;
  readonly sizes: Sizes;
}

/** All values of a query, found acceptable together. */
interface Answer<T> {
  readonly values: readonly Loaded<T>[];
  /** When the oldest of them was loaded (epoch ms). */
  readonly loadedAt: number;
  /** The epoch of the known versions at which they are acceptable, and until when (epoch ms of Postgres). */
  readonly epoch: number;
  readonly until: number;
  readonly seen: Seen | undefined;
}

/** Values in remembered answers at most. */
const MAX_REMEMBERED = 20_000;

/** Reads one kind of data through the cache, by rules 3 to 5 of the freshness protocol. */
export function createVersionedCache<Q extends { readonly shopId: number }, T>(
  kind: Kind<Q, T>,
  context: CacheContext,
): VersionedCache<Q, T> {
  const { store, feed, watch, times, monotonic } = context;
  const { known } = feed;
  const stats = newKindStats();
  const loader = createLoader(kind, context, stats);
  const readFollowing = createFollowingReader(loader, context);
  const readPast = createPastReader(kind.name, loader, context);
  const readExactly = createExactReader(kind, loader, context);
  let untilSample = SAMPLE_EVERY;

  /** Answers by query: putting one together costs about 70 ns a value, and a search asks for a thousand. */
  const answers = new LRUCache<string, Answer<T>>({
    maxSize: MAX_REMEMBERED,
    sizeCalculation: ({ values }) => values.length + 1,
  });

  /** The hot path: all of the values, if nothing has to be waited for. */
  function hits(query: Q, read: Read | undefined): readonly Loaded<T>[] | undefined {
    const now = feed.followedNow();
    if (Number.isNaN(now)) return undefined;
    const epoch = known.epoch(query.shopId);
    let answer = answers.size === 0 ? undefined : answers.get(kind.nameOf(query));
    if (answer === undefined || answer.epoch !== epoch || now >= answer.until) {
      answer = gather(query, now, epoch);
      if (answer === undefined) return undefined;
      answers.set(kind.nameOf(query), answer);
    }
    const { values, loadedAt, until } = answer;
    note(answer.seen, read);
    if (read?.warming !== true) repeated(values.length);
    noteInScope(values.length, 0, false);
    if (read !== undefined) {
      read.hits += values.length;
      read.hitsOf[kind.name] += values.length;
      read.until = Math.min(read.until, until);
      if (values.length > 0) read.asOf = Math.min(read.asOf, Math.max(loadedAt, feed.asOf()));
    }
    return values;
  }

  /** What lies in the process, if all of it is there and acceptable. */
  function gather(query: Q, now: number, epoch: number): Answer<T> | undefined {
    const values: Loaded<T>[] = [];
    let loadedAt = Number.POSITIVE_INFINITY;
    let until = Number.POSITIVE_INFINITY;
    const targets = kind.targets(query);
    for (const target of targets) {
      const kept = store.get(target.key);
      if (kept === undefined) return undefined;
      const isJudged = kept.acceptedAt === epoch && now < kept.acceptedUntil;
      if (!isJudged && loader.worth(target, now) !== 'acceptable') return undefined;
      loadedAt = Math.min(loadedAt, kept.loaded.loadedAt);
      until = Math.min(until, kept.acceptedUntil);
      values.push(asOfKind<T>(kept.loaded));
    }
    return { values: Object.freeze(values), loadedAt, epoch, until, seen: watch(kind.name, targets) };
  }

  function note(seen: Seen | undefined, read: Read | undefined): void {
    if (seen === undefined || read?.warming) return;
    seen();
    read?.seen.push(seen);
  }

  function repeated(count: number): void {
    stats.process.hits += count;
    stats.atOnce += 1;
  }

  function hitsTimed(query: Q, read: Read | undefined): readonly Loaded<T>[] | undefined {
    const began = monotonic();
    const values = hits(query, read);
    if (values === undefined || read?.warming) return values;
    untilSample = SAMPLE_EVERY;
    times.observe(kind.name, 'process', monotonic() - began);
    return values;
  }

  function readSlowly(query: Q, read: Read | undefined): Promise<readonly Loaded<T>[]> {
    const targets = kind.targets(query);
    if (read?.warming !== true) note(watch(kind.name, targets), read);
    const tally = new Tally(targets.length);
    const isPast = !read?.exact && !feed.isFollowing();
    const began = monotonic();
    const answered = read?.exact
      ? readExactly(query, targets, read, tally)
      : (isPast ? readPast : readFollowing)(targets, read, tally);
    return answered.catch(asUnreachable).finally(() => {
      // What was loaded may be newer than what a remembered answer holds, and no read falls back behind another.
      answers.clear();
      const missed = tally.missedAll();
      const hit = targets.length - missed;
      if (read !== undefined) read.hitsOf[kind.name] += hit;
      if (read?.warming) stats.warmed += tally.fetched;
      else {
        tally.addTo(stats, missed);
        noteInScope(hit, missed, isPast);
        const answeredBy = missed > 0 ? 'miss' : read?.exact ? 'verified' : 'shared';
        if (tally.fetched === missed) times.observe(kind.name, answeredBy, monotonic() - began);
      }
    });
  }

  return {
    readMany(query, read) {
      const isTimed = --untilSample <= 0;
      const isPlain = read === undefined || !(read.exact || read.lastingUntil > 0);
      const values = isPlain ? (isTimed ? hitsTimed(query, read) : hits(query, read)) : undefined;
      return values ?? readSlowly(query, read);
    },
    repeated,
    usable(query) {
      if (!feed.isFollowing()) return 0;
      return kind.targets(query).filter((target) => loader.worth(target) === 'acceptable').length;
    },
    stored: loader.stored,
    stats,
    sizes: loader.sizes,
  };
}

function noteInScope(hit: number, missed: number, isPast: boolean): void {
  const scope = currentScope();
  if (scope === undefined) return;
  scope.hits += hit;
  scope[isPast ? 'bypassed' : 'misses'] += missed;
}

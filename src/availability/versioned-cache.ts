import type { Target } from './cache/coalescing.ts';
import type { CacheContext, Kind } from './cache/kind.ts';
import { createLoader } from './cache/loader.ts';
import { createExactReader } from './cache/read-exactly.ts';
import { readFollowing } from './cache/read-following.ts';
import { createPastReader } from './cache/read-past.ts';
import { type KindStats, newKindStats } from './cache/stats.ts';
import { asUnreachable } from './cache/unreachable.ts';
import type { Kept } from './memory-store.ts';
import type { Loaded, MaybePromise, Read } from './source.ts';

export interface VersionedCache<Q, T> {
  /**
   * The values that a query asks for; those that do not exist are left out. Answers without a promise when all
   * of them may be used as they lie in the process. `keys` are those of the query's targets. Rejects with
   * `AvailabilityUnreachable` where Postgres is away and the cache is no help.
   */
  readMany(query: Q, keys: readonly string[], read?: Read): MaybePromise<readonly Loaded<T>[]>;
  readonly stats: Readonly<KindStats>;
}

/** Reads one kind of data through the cache, by rules 3 to 5 of the freshness protocol. */
export function createVersionedCache<Q extends { readonly shopId: number }, T>(
  kind: Kind<Q, T>,
  context: CacheContext,
): VersionedCache<Q, T> {
  const { store, feed, clock } = context;
  const { known } = feed;
  const { ttlMs } = kind;
  const stats = newKindStats();
  const loader = createLoader(kind, context, stats);
  const readPast = createPastReader(loader, context, stats);
  const readExactly = createExactReader(kind, loader, context, stats);

  /** Rule 4 for what lies in the process; what it finds holds as long as nothing is learned about the shop. */
  function accept(kept: Kept, target: Target | undefined, now: number, epoch: number): boolean {
    const left = kept.keptUntil - clock.now();
    if (left <= 0 || target === undefined || loader.verdict(kept.loaded, target) !== 'acceptable')
      return false;
    kept.acceptedAt = epoch;
    kept.acceptedUntil = Math.min(now + left, kept.loaded.loadedAt + ttlMs);
    return true;
  }

  /** The hot path: all of the values, if nothing has to be waited for. */
  function hits(query: Q, keys: readonly string[], read: Read | undefined): readonly Loaded<T>[] | undefined {
    const now = feed.followedNow();
    if (Number.isNaN(now)) return undefined;
    const epoch = known.epoch(query.shopId);
    const followed = feed.asOf();
    const values: Loaded<T>[] = [];
    let targets: readonly Target[] | undefined;
    let asOf = Number.POSITIVE_INFINITY;
    for (const key of keys) {
      const kept = store.peek(key);
      if (kept === undefined) return undefined;
      if (kept.acceptedAt !== epoch || now >= kept.acceptedUntil) {
        targets ??= kind.targets(query);
        if (!accept(kept, targets[values.length], now, epoch)) return undefined;
      }
      asOf = Math.min(asOf, Math.max(kept.loaded.loadedAt, followed));
      // Values under a key are of the key's kind.
      values.push(kept.loaded as Loaded<T>);
    }
    stats.hits += values.length;
    if (read !== undefined) {
      read.hits += values.length;
      read.asOf = Math.min(read.asOf, asOf);
    }
    return values;
  }

  function readSlowly(query: Q, read: Read | undefined): Promise<readonly Loaded<T>[]> {
    if (read?.exact) return readExactly(query, read);
    const targets = kind.targets(query);
    return feed.isFollowing()
      ? readFollowing(targets, read, loader, context, stats)
      : readPast(targets, read);
  }

  return {
    readMany(query, keys, read) {
      const values = read?.exact ? undefined : hits(query, keys, read);
      return values ?? readSlowly(query, read).catch(asUnreachable);
    },
    stats,
  };
}

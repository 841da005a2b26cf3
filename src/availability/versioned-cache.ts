import type { Target } from './loading/coalescing.ts';
import { asOfKind, type CacheContext, type Kind } from './loading/kind.ts';
import { createLoader } from './loading/loader.ts';
import { type KindStats, newKindStats } from './loading/stats.ts';
import { createExactReader } from './reading/read-exactly.ts';
import { readFollowing } from './reading/read-following.ts';
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
  readonly stats: Readonly<KindStats>;
}

/** Reads one kind of data through the cache, by rules 3 to 5 of the freshness protocol. */
export function createVersionedCache<Q extends { readonly shopId: number }, T>(
  kind: Kind<Q, T>,
  context: CacheContext,
): VersionedCache<Q, T> {
  const { store, feed } = context;
  const { known } = feed;
  const stats = newKindStats();
  const loader = createLoader(kind, context, stats);
  const readPast = createPastReader(loader, context, stats);
  const readExactly = createExactReader(kind, loader, context, stats);

  /** The hot path: all of the values, if nothing has to be waited for. */
  function hits(query: Q, read: Read | undefined): readonly Loaded<T>[] | undefined {
    const now = feed.followedNow();
    if (Number.isNaN(now)) return undefined;
    const epoch = known.epoch(query.shopId);
    const followed = feed.asOf();
    const values: Loaded<T>[] = [];
    let targets: readonly Target[] | undefined;
    let asOf = Number.POSITIVE_INFINITY;
    for (const key of kind.keys(query)) {
      const kept = store.peek(key);
      if (kept === undefined) return undefined;
      if (kept.acceptedAt !== epoch || now >= kept.acceptedUntil) {
        targets ??= kind.targets(query);
        const target = targets[values.length];
        if (target === undefined || loader.worth(target, now) !== 'acceptable') return undefined;
      }
      asOf = Math.min(asOf, Math.max(kept.loaded.loadedAt, followed));
      values.push(asOfKind<T>(kept.loaded));
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
    readMany(query, read) {
      const values = read?.exact ? undefined : hits(query, read);
      return values ?? readSlowly(query, read).catch(asUnreachable);
    },
    stats,
  };
}

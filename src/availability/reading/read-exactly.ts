import type { Tally } from '../counting/tally.ts';
import type { CacheContext, Kind } from '../loading/kind.ts';
import type { Loader } from '../loading/loader.ts';
import type { Target, Values } from '../loading/target.ts';
import type { Loaded, Read, Versions } from '../source.ts';
import { createKnownVersions, isEqual, type VersionChange } from '../versions.ts';
import { answer, select } from './answer.ts';

/**
 * Strong reads: what is cached counts only if Postgres has just the versions that it was made from, which one
 * statement tells for all values. The rest is loaded. Following does not matter.
 */
export function createExactReader<Q extends { readonly shopId: number }, T>(
  kind: Kind<Q, T>,
  { kept, verdict, whyMissed, obtain }: Loader<T>,
  { feed }: CacheContext,
) {
  /** Those of the cached values that are still exact, and when (epoch ms) that was so. */
  async function verify(
    query: Q,
    targets: readonly Target[],
    tally: Tally,
  ): Promise<{ values: Values<T>; at: number }> {
    const cached = select(targets, kept);
    targets.forEach((target, i) => {
      // Unless it can be compared with Postgres, what is there cannot be judged.
      tally.missed(i, cached.has(target.key) ? 'notFollowing' : whyMissed(target));
    });
    if (cached.size === 0) return { values: cached, at: Number.NEGATIVE_INFINITY };
    const { versions, at, history } = await kind.current(query);
    // Postgres was restored, and the poll has not been there yet: the same numbers mean something else now.
    if (history !== feed.history()) {
      targets.forEach(({ key }, i) => {
        if (cached.has(key)) tally.missed(i, 'tooOld');
      });
      return { values: new Map(), at };
    }
    const truth = createKnownVersions();
    truth.learn(versions, at);
    const news: VersionChange[] = [];
    const values = new Map<string, Loaded<T>>();
    targets.forEach((target, i) => {
      const value = cached.get(target.key);
      if (value === undefined) return;
      const current = kind.knownOf(truth, target);
      const isCurrent = isEqual(value.versions, current);
      const state = isCurrent ? verdict(value, target) : 'tooOld';
      if (state === 'acceptable') {
        values.set(target.key, value);
        tally.found(i);
      } else tally.missed(i, state);
      if (!isCurrent) news.push(...changesOf(target, current));
    });
    // The next plain read must not fall back behind this one.
    feed.learn(news);
    return { values, at };
  }

  return async function readExactly(
    query: Q,
    targets: readonly Target[],
    read: Read,
    tally: Tally,
  ): Promise<readonly Loaded<T>[]> {
    const { values: equal, at } = await verify(query, targets, tally);
    const missing = targets.filter(({ key }) => !equal.has(key));
    const { values: loaded, from } = await obtain(missing, { direct: true });
    tally.obtained(from);
    read.hits += equal.size;
    read.misses += missing.length;
    return answer(
      targets,
      ({ key }) => equal.get(key) ?? loaded.get(key),
      read,
      (value, { key }) => (equal.has(key) ? Math.max(value.loadedAt, at) : value.loadedAt),
    );
  };
}

function changesOf(
  { shopId, barberId, day }: Target,
  { shop, barber, day: ofDay }: Versions,
): VersionChange[] {
  return [
    { shopId, barberId: 0, day: '', version: shop },
    { shopId, barberId, day: '', version: barber },
    { shopId, barberId, day, version: ofDay },
  ].filter(({ version }) => version > 0);
}

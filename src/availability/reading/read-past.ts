import { isUnreachable } from '../../database/errors.ts';
import { NoAnswer, within } from '../../timing.ts';
import type { Tally } from '../counting/tally.ts';
import { asOfKind, type CacheContext } from '../loading/kind.ts';
import type { Loader } from '../loading/loader.ts';
import type { Target } from '../loading/target.ts';
import type { KindName } from '../loading/watcher.ts';
import type { Loaded, Read } from '../source.ts';
import type { ForgivingStore } from '../store/forgiving-store.ts';
import { answer, select } from './answer.ts';
import { AvailabilityUnreachable } from './unreachable.ts';

/** Who has something to fall back on waits this long for a Postgres that may hang, then for as long not at all. */
const DOUBT_MS = 1_000;

/**
 * A plain read while this instance does not see what others change: it loads past the cache. Where Postgres
 * cannot be reached, it answers with what was last known, and says so.
 */
export function createPastReader<T>(kind: KindName, loader: Loader<T>, context: CacheContext) {
  const { kept, verdict, exactAt, usableUntil, obtain } = loader;
  const { store, shared, feed, monotonic } = context;
  let doubtUntil = Number.NEGATIVE_INFINITY;

  const ifAcceptable = (value: Loaded<T> | undefined, target: Target) =>
    value !== undefined && verdict(value, target) === 'acceptable' ? value : undefined;

  const lastKnown = (targets: readonly Target[]) =>
    select(targets, (target) => ifAcceptable(kept(target), target));

  /** Adds what others last knew; it lies here afterwards. */
  async function addFrom(there: ForgivingStore, targets: readonly Target[], values: Map<string, Loaded<T>>) {
    const rest = targets.filter(({ key }) => !values.has(key));
    const found = await there.getMany(rest.map(({ key }) => key));
    for (const [i, target] of rest.entries()) {
      const loaded = found?.[i];
      if (loaded === undefined || loaded === 'undecodable') continue;
      const value = ifAcceptable(asOfKind<T>(loaded), target);
      if (value === undefined) continue;
      values.set(target.key, value);
      const ttlMs = usableUntil(value) - feed.now();
      store.putMany([{ key: target.key, loaded: value, ttlMs, kind }]);
    }
  }

  return async function readPast(
    targets: readonly Target[],
    read: Read | undefined,
    tally: Tally,
  ): Promise<readonly Loaded<T>[]> {
    targets.forEach((_, i) => {
      tally.missed(i, 'notFollowing');
    });
    const fallback = lastKnown(targets);
    if (shared !== undefined && fallback.size < targets.length) await addFrom(shared, targets, fallback);
    const hasFallback = fallback.size === targets.length;
    let reason: unknown = new NoAnswer(DOUBT_MS);
    if (!hasFallback || monotonic() >= doubtUntil) {
      try {
        const loading = obtain(targets, { direct: true });
        const { values, from } = await (hasFallback ? within(DOUBT_MS, loading) : loading);
        tally.obtained(from);
        if (read !== undefined) read.bypassed += targets.length;
        return answer(targets, ({ key }) => values.get(key), read, exactAt);
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        reason = error;
        doubtUntil = monotonic() + DOUBT_MS;
      }
    }
    if (!hasFallback) throw new AvailabilityUnreachable(reason);
    tally.degraded();
    if (read !== undefined) read.degraded = true;
    return answer(targets, ({ key }) => fallback.get(key), read, exactAt);
  };
}

import { isUnreachable } from '../../database/errors.ts';
import { NoAnswer, within } from '../../timing.ts';
import type { Target, Values } from '../loading/coalescing.ts';
import { asOfKind, type CacheContext } from '../loading/kind.ts';
import type { Loader } from '../loading/loader.ts';
import type { KindStats } from '../loading/stats.ts';
import type { Loaded, Read } from '../source.ts';
import { answer, select } from './answer.ts';
import { AvailabilityUnreachable } from './unreachable.ts';

/** Who has something to fall back on waits this long for a Postgres that may hang, then for as long not at all. */
const DOUBT_MS = 1_000;

/**
 * A plain read while this instance does not see what others change: it loads past the cache. Where Postgres
 * cannot be reached, it answers with what was last known, and says so.
 */
export function createPastReader<T>(loader: Loader<T>, context: CacheContext, stats: KindStats) {
  const { kept, verdict, isOutdated, obtain } = loader;
  const { feed, shared, monotonic } = context;
  let doubtUntil = Number.NEGATIVE_INFINITY;

  const ifAcceptable = (value: Loaded<T> | undefined, target: Target) =>
    value !== undefined && verdict(value, target) === 'acceptable' ? value : undefined;

  const lastKnown = (targets: readonly Target[]) =>
    select(targets, (target) => ifAcceptable(kept(target), target));

  async function lastKnownAnywhere(targets: readonly Target[]): Promise<Values<T>> {
    const values = lastKnown(targets);
    const rest = targets.filter(({ key }) => !values.has(key));
    if (shared === undefined || rest.length === 0) return values;
    const found = await shared.getMany(rest.map(({ key }) => key));
    for (const [i, target] of rest.entries()) {
      const there = found?.[i];
      const value = there && ifAcceptable(asOfKind<T>(there), target);
      if (value !== undefined) values.set(target.key, value);
    }
    return values;
  }

  const exactAt = (value: Loaded<T>, target: Target) =>
    isOutdated(value, target) ? value.loadedAt : Math.max(value.loadedAt, feed.asOf());

  return async function readPast(
    targets: readonly Target[],
    read: Read | undefined,
  ): Promise<readonly Loaded<T>[]> {
    stats.misses.notFollowing += targets.length;
    const hasFallback = lastKnown(targets).size === targets.length;
    let reason: unknown = new NoAnswer(DOUBT_MS);
    if (!hasFallback || monotonic() >= doubtUntil) {
      try {
        const loading = obtain(targets, true);
        const values = await (hasFallback ? within(DOUBT_MS, loading) : loading);
        if (read !== undefined) read.bypassed += targets.length;
        return answer(targets, ({ key }) => values.get(key), read, exactAt);
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        reason = error;
        doubtUntil = monotonic() + DOUBT_MS;
      }
    }
    const values = await lastKnownAnywhere(targets);
    if (values.size < targets.length) throw new AvailabilityUnreachable(reason);
    stats.degraded += targets.length;
    if (read !== undefined) read.degraded = true;
    return answer(targets, ({ key }) => values.get(key), read, exactAt);
  };
}

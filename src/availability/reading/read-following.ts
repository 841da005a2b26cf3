import type { Target } from '../loading/coalescing.ts';
import type { CacheContext } from '../loading/kind.ts';
import type { Loader } from '../loading/loader.ts';
import type { KindStats } from '../loading/stats.ts';
import type { Loaded, Read } from '../source.ts';
import { answer, select } from './answer.ts';

/** A plain read while this instance follows the versions: what is missing or too old is loaded. */
export async function readFollowing<T>(
  targets: readonly Target[],
  read: Read | undefined,
  { kept, worth, isOutdated, obtain }: Loader<T>,
  { feed }: CacheContext,
  stats: KindStats,
): Promise<readonly Loaded<T>[]> {
  const now = feed.now();
  const found = select(targets, (target) => {
    const state = worth(target, now);
    if (state === 'acceptable') return kept(target);
    stats.misses[state] += 1;
    return undefined;
  });
  const missing = targets.filter(({ key }) => !found.has(key));
  const loaded = await obtain(missing, false);
  // What was found at first may have changed while the rest was loaded.
  const changed = targets.filter((target) => {
    const value = found.get(target.key);
    return value !== undefined && isOutdated(value, target);
  });
  const again = await obtain(changed, false);
  stats.hits += found.size - changed.length;
  stats.misses.tooOld += changed.length;
  if (read !== undefined) {
    read.hits += found.size - changed.length;
    read.misses += missing.length + changed.length;
  }
  return answer(targets, new Map([...found, ...loaded, ...again]), read, (value, target) =>
    isOutdated(value, target) ? value.loadedAt : Math.max(value.loadedAt, feed.asOf()),
  );
}

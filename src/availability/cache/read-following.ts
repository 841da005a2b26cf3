import type { Loaded, Read } from '../source.ts';
import { answer, select } from './answer.ts';
import type { Target } from './coalescing.ts';
import type { CacheContext } from './kind.ts';
import type { Loader } from './loader.ts';
import type { KindStats } from './stats.ts';

/** A plain read while this instance follows the versions: what is missing or too old is loaded. */
export async function readFollowing<T>(
  targets: readonly Target[],
  read: Read | undefined,
  { kept, worth, isOutdated, obtain }: Loader<T>,
  { feed }: CacheContext,
  stats: KindStats,
): Promise<readonly Loaded<T>[]> {
  const found = select(targets, (target) => {
    const state = worth(target);
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
  stats.hits += found.size;
  if (read !== undefined) {
    read.hits += found.size - changed.length;
    read.misses += missing.length + changed.length;
  }
  return answer(targets, new Map([...found, ...loaded, ...again]), read, (value, target) =>
    isOutdated(value, target) ? value.loadedAt : Math.max(value.loadedAt, feed.asOf()),
  );
}

import type { CacheContext } from '../loading/kind.ts';
import type { Loader } from '../loading/loader.ts';
import type { KindStats } from '../loading/stats.ts';
import type { Target, Values } from '../loading/target.ts';
import type { Loaded, Read } from '../source.ts';
import { answer } from './answer.ts';

/**
 * Plain reads while this instance follows the versions: what is missing in the process or too old is looked for in the
 * store between processes, and loaded where that has nothing better.
 */
export function createFollowingReader<T>(loader: Loader<T>, { feed }: CacheContext, stats: KindStats) {
  const { kept, worth, isOutdated, exactAt, usableUntil, look, obtain } = loader;
  const { known } = feed;

  /** What lies in the process and may be used, target by target. */
  function lookHere(targets: readonly Target[], counts: boolean): (Loaded<T> | undefined)[] {
    const now = feed.now();
    return targets.map((target) => {
      const state = worth(target, now);
      if (state === 'acceptable') return kept(target);
      if (counts) stats.process.misses[state] += 1;
      return undefined;
    });
  }

  const isOld = (value: Loaded<T> | undefined, target: Target) =>
    value !== undefined && isOutdated(value, target);

  return async function readFollowing(
    targets: readonly Target[],
    read: Read | undefined,
  ): Promise<readonly Loaded<T>[]> {
    const shopId = targets[0]?.shopId ?? 0;
    const epoch = known.epoch(shopId);
    const counts = read?.warming !== true;
    const here = lookHere(targets, counts);
    // Without such a store nothing is waited for before a load begins.
    const there = look && (await look(targets.filter((_, i) => here[i] === undefined)));
    let next = 0;
    const found = here.map((value) => value ?? there?.values[next++]);

    const open = targets.filter((_, i) => found[i] === undefined);
    // A warm-up claims nothing: that would cost as much again as to load, and keep readers waiting for it.
    const pastStore = there?.isSilent || !counts;
    let loaded: Values<T> = open.length > 0 ? await obtain(open, { pastStore }) : new Map();
    // What was found at first may have changed while the rest was looked for.
    const changed: Target[] = [];
    if (known.epoch(shopId) !== epoch) {
      targets.forEach((target, i) => {
        if (!isOld(found[i], target)) return;
        changed.push(target);
        found[i] = undefined;
      });
    }
    if (changed.length > 0) loaded = new Map([...loaded, ...(await obtain(changed, { pastStore }))]);

    const hits = targets.length - open.length - changed.length;
    if (counts) {
      stats.process.hits += hits - (there?.hits ?? 0);
      stats.process.misses.tooOld += changed.length;
    } else stats.warmed += open.length + changed.length;
    if (read !== undefined) {
      read.hits += hits;
      read.misses += open.length + changed.length;
      for (const value of found)
        if (value !== undefined) read.until = Math.min(read.until, usableUntil(value));
    }
    return answer(targets, ({ key }, i) => found[i] ?? loaded.get(key), read, exactAt);
  };
}

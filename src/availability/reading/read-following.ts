import type { Tally } from '../counting/tally.ts';
import type { CacheContext } from '../loading/kind.ts';
import type { Loader } from '../loading/loader.ts';
import type { Target, Values } from '../loading/target.ts';
import type { Loaded, Read } from '../source.ts';
import { answer } from './answer.ts';

/**
 * Plain reads while this instance follows the versions: what is missing in the process or too old is looked for in the
 * store between processes, and loaded where that has nothing better.
 */
export function createFollowingReader<T>(loader: Loader<T>, { feed }: CacheContext) {
  const { kept, worth, whyMissed, isOutdated, exactAt, usableUntil, look, obtain } = loader;
  const { known } = feed;

  /** What lies in the process and may be used, target by target. */
  function lookHere(
    targets: readonly Target[],
    read: Read | undefined,
    tally: Tally,
  ): (Loaded<T> | undefined)[] {
    const now = feed.now();
    return targets.map((target, i) => {
      const state = worth(target, now);
      const value = ifLasting(state === 'acceptable' ? kept(target) : undefined, read);
      if (value === undefined)
        tally.missed(i, state === 'tooOld' || state === 'expired' ? state : whyMissed(target));
      return value;
    });
  }

  /** A warm-up may want what lives longer. */
  const ifLasting = (value: Loaded<T> | undefined, read: Read | undefined) =>
    value !== undefined && read !== undefined && usableUntil(value) < read.lastingUntil ? undefined : value;

  const isOld = (value: Loaded<T> | undefined, target: Target) =>
    value !== undefined && isOutdated(value, target);

  return async function readFollowing(
    targets: readonly Target[],
    read: Read | undefined,
    tally: Tally,
  ): Promise<readonly Loaded<T>[]> {
    const shopId = targets[0]?.shopId ?? 0;
    const epoch = known.epoch(shopId);
    const here = lookHere(targets, read, tally);
    // Without such a store nothing is waited for before a load begins.
    const there = look && (await look(targets.filter((_, i) => here[i] === undefined)));
    let next = 0;
    const found = here.map((value, i) => {
      if (value !== undefined || there === undefined) return value;
      const shared = ifLasting(there.values[next], read);
      tally.looked(i, shared === undefined ? (there.causes[next] ?? 'expired') : undefined);
      next += 1;
      return shared;
    });

    async function fetch(missing: readonly Target[]): Promise<Values<T>> {
      // A warm-up claims nothing: that would cost as much again as to load, and keep readers waiting for it.
      const pastStore = there?.isSilent || read?.warming === true;
      const { values, from } = await obtain(missing, { pastStore });
      tally.obtained(from);
      return values;
    }

    const open = targets.filter((_, i) => found[i] === undefined);
    let loaded: Values<T> = open.length > 0 ? await fetch(open) : new Map();
    // What was found at first may have changed while the rest was looked for.
    const changed: Target[] = [];
    if (known.epoch(shopId) !== epoch) {
      targets.forEach((target, i) => {
        if (!isOld(found[i], target)) return;
        changed.push(target);
        found[i] = undefined;
        tally.changed(i);
      });
    }
    if (changed.length > 0) loaded = new Map([...loaded, ...(await fetch(changed))]);

    if (read !== undefined) {
      const missed = open.length + changed.length;
      read.hits += targets.length - missed;
      read.misses += missed;
      for (const value of found)
        if (value !== undefined) read.until = Math.min(read.until, usableUntil(value));
    }
    return answer(targets, ({ key }, i) => found[i] ?? loaded.get(key), read, exactAt);
  };
}

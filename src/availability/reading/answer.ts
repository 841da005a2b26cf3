import type { Target, Values } from '../loading/coalescing.ts';
import type { Loaded, Read } from '../source.ts';

/** The values of those targets for which `find` has one. */
export function select<T>(
  targets: readonly Target[],
  find: (target: Target) => Loaded<T> | undefined,
): Map<string, Loaded<T>> {
  const values = new Map<string, Loaded<T>>();
  for (const target of targets) {
    const value = find(target);
    if (value !== undefined) values.set(target.key, value);
  }
  return values;
}

/**
 * The values in the order of their targets, and in `read` the earliest instant at which one of them was known
 * to be exact. What does not exist is left out.
 */
export function answer<T>(
  targets: readonly Target[],
  values: Values<T>,
  read: Read | undefined,
  exactAt: (value: Loaded<T>, target: Target) => number,
): readonly Loaded<T>[] {
  return targets.flatMap((target) => {
    const value = values.get(target.key);
    if (value === undefined) return [];
    if (read !== undefined) read.asOf = Math.min(read.asOf, exactAt(value, target));
    return [value];
  });
}

import type { Target } from '../loading/coalescing.ts';
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
  find: (target: Target, i: number) => Loaded<T> | undefined,
  read: Read | undefined,
  exactAt: (value: Loaded<T>, target: Target) => number,
): readonly Loaded<T>[] {
  const values: Loaded<T>[] = [];
  targets.forEach((target, i) => {
    const value = find(target, i);
    if (value === undefined) return;
    if (read !== undefined) read.asOf = Math.min(read.asOf, exactAt(value, target));
    values.push(value);
  });
  return values;
}

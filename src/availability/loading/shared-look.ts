import type { Loaded } from '../source.ts';
import type { Target } from './coalescing.ts';
import { isAcceptable, type Standpoint } from './decisions.ts';
import type { ForgivingStore } from './forgiving-store.ts';
import { asOfKind } from './kind.ts';

/** What may be used of what lies in the store that processes share. */
export interface Look<T> {
  /** In the order of the targets. */
  readonly values: readonly (Loaded<T> | undefined)[];
  readonly hits: number;
  /** The store did not answer. */
  readonly isSilent: boolean;
}

export interface SharedLookOptions {
  readonly shared: ForgivingStore;
  /** From where values are judged at this moment. */
  readonly standpoints: () => (target: Target) => Standpoint;
  /** Told of the values that may be used. */
  readonly onFound: (targets: readonly Target[], values: readonly Loaded<unknown>[]) => void;
}

/** Looks for all of the targets at once. Values of another history are dropped: no new one would replace them. */
export function createSharedLook<T>({ shared, standpoints, onFound }: SharedLookOptions) {
  return async function look(targets: readonly Target[]): Promise<Look<T>> {
    if (targets.length === 0) return { values: [], hits: 0, isSilent: false };
    const found = await shared.getMany(targets.map(({ key }) => key));
    if (found === undefined) return { values: [], hits: 0, isSilent: true };
    const standpoint = standpoints();
    const usable: Target[] = [];
    const foreign: string[] = [];
    const values = targets.map((target, i) => {
      const loaded = found[i];
      if (loaded === undefined) return undefined;
      const from = standpoint(target);
      if (loaded.loadedAt < from.known.since) foreign.push(target.key);
      if (!isAcceptable(loaded, from)) return undefined;
      usable.push(target);
      return asOfKind<T>(loaded);
    });
    if (foreign.length > 0) void shared.drop(foreign);
    onFound(
      usable,
      values.filter((value) => value !== undefined),
    );
    return { values, hits: usable.length, isSilent: false };
  };
}

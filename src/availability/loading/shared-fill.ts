import { randomUUID } from 'node:crypto';
import type { Loaded } from '../source.ts';
import type { Target, Values } from './coalescing.ts';
import { keepsLooking } from './decisions.ts';
import type { ForgivingStore } from './forgiving-store.ts';
import { asOfKind } from './kind.ts';
import type { KindStats } from './stats.ts';

export interface SharedFillOptions<T> {
  readonly shared: ForgivingStore;
  /** Whether a value from the store may be used at this moment. */
  readonly isUsable: (loaded: Loaded<unknown>, target: Target) => boolean;
  /** Whether a value is of another history: no new one would replace it. */
  readonly isForeign: (loaded: Loaded<unknown>) => boolean;
  /** Loads from the source, and puts what it loads into the stores; `stored` settles when it is there. */
  readonly load: (targets: readonly Target[]) => Promise<{ values: Values<T>; stored: Promise<unknown> }>;
  /** Told of values that came from the store. */
  readonly onTaken: (target: Target, loaded: Loaded<unknown>) => void;
  readonly isFollowing: () => boolean;
  readonly delay: (ms: number) => Promise<void>;
  readonly monotonic: () => number;
  readonly stats: KindStats;
}

/** A claim lapses by itself after this long (ms), should its loader die. */
const CLAIM_MS = 2_000;
const FIRST_LOOK_MS = 4;
const LONGEST_LOOK_MS = 50;

/**
 * Fetches values by way of a store that processes share: whoever claims a key loads it, the others look for
 * the value for up to a second and then load it themselves.
 */
export function createSharedFill<T>(options: SharedFillOptions<T>) {
  const { shared, isUsable, isForeign, load, onTaken, isFollowing, delay, monotonic, stats } = options;

  /** Moves what may be used from the store into `values`; answers with the rest, or not if the store did not. */
  async function take(
    targets: readonly Target[],
    values: Map<string, Loaded<T>>,
  ): Promise<readonly Target[] | undefined> {
    const found = await shared.getMany(targets.map(({ key }) => key));
    if (found === undefined) return undefined;
    const foreign: string[] = [];
    const rest = targets.filter((target, i) => {
      const loaded = found[i];
      if (loaded === undefined) return true;
      if (isForeign(loaded)) foreign.push(target.key);
      if (!isUsable(loaded, target)) return true;
      values.set(target.key, asOfKind<T>(loaded));
      onTaken(target, loaded);
      return false;
    });
    if (foreign.length > 0) await shared.drop(foreign);
    return rest;
  }

  async function loadInto(
    targets: readonly Target[],
    values: Map<string, Loaded<T>>,
    afterwards: () => void = () => {},
  ): Promise<void> {
    const loading = await load(targets);
    for (const [key, loaded] of loading.values) values.set(key, loaded);
    // The answer does not wait until the store has it, but the claim does.
    void loading.stored.then(afterwards);
  }

  /** Loads what nobody else is loading; what was loaded before the claim was made is taken instead. */
  async function loadClaimed(targets: readonly Target[], owner: string, values: Map<string, Loaded<T>>) {
    const keys = targets.map(({ key }) => key);
    const release = () => void shared.release(keys, owner);
    try {
      const rest = (await take(targets, values)) ?? targets;
      if (rest.length > 0) await loadInto(rest, values, release);
      else release();
    } catch (error) {
      release();
      throw error;
    }
  }

  async function claim(
    targets: readonly Target[],
    owner: string,
  ): Promise<[mine: Target[], others: Target[]] | undefined> {
    const keys = targets.map(({ key }) => key);
    const claimed = await shared.claim(keys, owner, CLAIM_MS);
    if (claimed === undefined) {
      // It may still be granted, and would keep others waiting for nobody.
      void shared.release(keys, owner);
      return undefined;
    }
    return [targets.filter((_, i) => claimed[i]), targets.filter((_, i) => !claimed[i])];
  }

  /** A store that does not answer is asked no more: what is still missing is loaded at once. */
  return async function fill(targets: readonly Target[]): Promise<Values<T>> {
    const values = new Map<string, Loaded<T>>();
    const owner = randomUUID();
    const loading: Promise<void>[] = [];
    let open = targets;
    const startedAt = monotonic();
    for (let look = FIRST_LOOK_MS; ; look = Math.min(LONGEST_LOOK_MS, look * 1.5)) {
      const rest = await take(open, values);
      if (rest?.length === 0) break;
      const split = rest && (await claim(rest, owner));
      if (rest === undefined || split === undefined) {
        await loadInto(rest ?? open, values);
        break;
      }
      const [mine, others] = split;
      if (mine.length > 0) {
        const claimed = loadClaimed(mine, owner, values);
        claimed.catch(() => {});
        loading.push(claimed);
      }
      if (others.length === 0) break;
      if (!keepsLooking(startedAt, monotonic(), isFollowing())) {
        await loadInto(others, values);
        break;
      }
      if (look === FIRST_LOOK_MS) stats.waits += others.length;
      await delay(look);
      open = others;
    }
    await Promise.all(loading);
    return values;
  };
}

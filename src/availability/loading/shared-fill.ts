import { randomUUID } from 'node:crypto';
import type { Loaded } from '../source.ts';
import type { Target, Values } from './coalescing.ts';
import { keepsLooking } from './decisions.ts';
import type { ForgivingStore } from './forgiving-store.ts';
import type { Look } from './shared-look.ts';
import type { KindStats } from './stats.ts';

export interface SharedFillOptions<T> {
  readonly shared: ForgivingStore;
  readonly look: (targets: readonly Target[]) => Promise<Look<T>>;
  /** Loads from the source, and puts what it loads into the stores; `stored` settles when it is there. */
  readonly load: (targets: readonly Target[]) => Promise<{ values: Values<T>; stored: Promise<unknown> }>;
  readonly isFollowing: () => boolean;
  readonly delay: (ms: number) => Promise<void>;
  readonly monotonic: () => number;
  readonly stats: KindStats;
}

/** A claim lapses by itself after this long (ms), should its loader die. */
const CLAIM_MS = 2_000;
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 50;

/**
 * Fetches values by way of a store that processes share: whoever claims a key loads it, the others look for
 * the value for up to a second and then load it themselves.
 */
export function createSharedFill<T>(options: SharedFillOptions<T>) {
  const { shared, look, load, isFollowing, delay, monotonic, stats } = options;

  /** Moves what may be used from the store into `values`; answers with the rest. */
  async function take(targets: readonly Target[], values: Map<string, Loaded<T>>) {
    const found = await look(targets);
    const rest = targets.filter(({ key }, i) => {
      const value = found.values[i];
      if (value !== undefined) values.set(key, value);
      return value === undefined;
    });
    return { rest, isSilent: found.isSilent };
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
      const { rest } = await take(targets, values);
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

  /**
   * The targets were looked for, and were not there. A store that does not answer is asked no more: what is still
   * missing is loaded at once.
   */
  return async function fill(targets: readonly Target[]): Promise<Values<T>> {
    const values = new Map<string, Loaded<T>>();
    const owner = randomUUID();
    const loading: Promise<void>[] = [];
    const startedAt = monotonic();
    let open = targets;
    for (let pause = FIRST_PAUSE_MS; open.length > 0; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
      const split = await claim(open, owner);
      if (split === undefined) break;
      const [mine, others] = split;
      if (mine.length > 0) {
        const claimed = loadClaimed(mine, owner, values);
        claimed.catch(() => {});
        loading.push(claimed);
      }
      open = others;
      if (open.length === 0 || !keepsLooking(startedAt, monotonic(), isFollowing())) break;
      if (pause === FIRST_PAUSE_MS) stats.waits += open.length;
      await delay(pause);
      const { rest, isSilent } = await take(open, values);
      open = rest;
      if (isSilent) break;
    }
    if (open.length > 0) loading.push(loadInto(open, values));
    await Promise.all(loading);
    return values;
  };
}

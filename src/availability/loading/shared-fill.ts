import { randomUUID } from 'node:crypto';
import type { Loaded } from '../source.ts';
import type { ForgivingStore } from '../store/forgiving-store.ts';
import { keepsLooking } from './decisions.ts';
import type { Look } from './shared-look.ts';
import type { Fetched, Target, Values } from './target.ts';

export interface SharedFillOptions<T> {
  readonly shared: ForgivingStore;
  readonly look: (targets: readonly Target[]) => Promise<Look<T>>;
  /** Loads from the source, and puts what it loads into the stores; `stored` settles when it is there. */
  readonly load: (targets: readonly Target[]) => Promise<{ values: Values<T>; stored: Promise<unknown> }>;
  readonly isFollowing: () => boolean;
  readonly delay: (ms: number) => Promise<void>;
  readonly monotonic: () => number;
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
  const { shared, look, load, isFollowing, delay, monotonic } = options;

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

  /** Loads what nobody else is loading. */
  async function loadClaimed(targets: readonly Target[], owner: string, values: Map<string, Loaded<T>>) {
    const release = () => give(targets, owner);
    try {
      await loadInto(targets, values, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  function give(targets: readonly Target[], owner: string): void {
    if (targets.length > 0)
      void shared.release(
        targets.map(({ key }) => key),
        owner,
      );
  }

  /**
   * The targets were looked for, and were not there. A store that does not answer is asked no more: what is still
   * missing is loaded at once.
   */
  return async function fill(targets: readonly Target[]): Promise<Fetched<T>> {
    const values = new Map<string, Loaded<T>>();
    const fromOthers = new Set<string>();
    const owner = randomUUID();
    const loading: Promise<void>[] = [];
    const startedAt = monotonic();
    let open = targets;
    for (let pause = FIRST_PAUSE_MS; open.length > 0; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
      // In one round trip and in this order: what was stored before a claim was granted is seen.
      const keys = open.map(({ key }) => key);
      const [claimed, found] = await Promise.all([shared.claim(keys, owner, CLAIM_MS), look(open)]);
      if (claimed === undefined || found.isSilent) {
        // A claim may still be granted, and would keep others waiting for nobody.
        give(open, owner);
        break;
      }
      const isFound = open.map(({ key }, i) => {
        const value = found.values[i];
        if (value === undefined) return false;
        values.set(key, value);
        fromOthers.add(key);
        return true;
      });
      give(
        open.filter((_, i) => claimed[i] && isFound[i]),
        owner,
      );
      const mine = open.filter((_, i) => claimed[i] && !isFound[i]);
      if (mine.length > 0) {
        const claimedLoad = loadClaimed(mine, owner, values);
        claimedLoad.catch(() => {});
        loading.push(claimedLoad);
      }
      open = open.filter((_, i) => !claimed[i] && !isFound[i]);
      if (open.length === 0 || !keepsLooking(startedAt, monotonic(), isFollowing())) break;
      await delay(pause);
    }
    if (open.length > 0) loading.push(loadInto(open, values));
    await Promise.all(loading);
    return { values, fromOthers };
  };
}

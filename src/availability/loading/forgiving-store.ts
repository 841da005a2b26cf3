import type { Loaded } from '../source.ts';
import type { Store, StoreEntry } from '../store/store.ts';

/** A store between processes whose failures are misses: nothing fails because of it. */
export interface ForgivingStore {
  getMany(keys: readonly string[]): Promise<readonly (Loaded<unknown> | undefined)[]>;
  putMany(entries: readonly StoreEntry[]): Promise<number>;
  claim(keys: readonly string[], owner: string, ttlMs: number): Promise<readonly boolean[]>;
  release(keys: readonly string[], owner: string): Promise<void>;
  drop(keys: readonly string[]): Promise<number>;
  /** Whether the last call went well. */
  isAvailable(): boolean;
}

/** `store`, with failures as misses: nothing is found, stored or dropped, and everything may be claimed. */
export function createForgivingStore(store: Store): ForgivingStore {
  let available = true;

  async function attempt<T>(work: () => T | Promise<T>, otherwise: T): Promise<T> {
    try {
      const result = await work();
      available = true;
      return result;
    } catch {
      available = false;
      return otherwise;
    }
  }

  return {
    getMany: (keys) => attempt(() => store.getMany(keys), []),
    putMany: (entries) => attempt(() => store.putMany(entries), 0),
    // Without an answer everything is ours: better loaded twice than not at all.
    claim: (keys, owner, ttlMs) =>
      attempt(
        () => store.claim(keys, owner, ttlMs),
        keys.map(() => true),
      ),
    release: (keys, owner) => attempt(() => store.release(keys, owner), undefined),
    drop: (keys) => attempt(() => store.drop(keys), 0),
    isAvailable: () => available,
  };
}

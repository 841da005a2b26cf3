import type { Found, Store, StoreEntry } from './store.ts';

/** A store between processes of which no failure is thrown: who reads does without it. */
export interface ForgivingStore {
  /** Undefined where the store did not answer. */
  getMany(keys: readonly string[]): Promise<readonly Found[] | undefined>;
  /** Undefined where the store did not answer. */
  putMany(entries: readonly StoreEntry[]): Promise<number | undefined>;
  /** Undefined where the store did not answer, though it may still grant the claims. */
  claim(keys: readonly string[], owner: string, ttlMs: number): Promise<readonly boolean[] | undefined>;
  release(keys: readonly string[], owner: string): Promise<void>;
  drop(keys: readonly string[]): Promise<number>;
  bytesOf(entry: StoreEntry): number;
  isAvailable(): boolean;
}

export function createForgivingStore(store: Store): ForgivingStore {
  async function attempt<T, U>(work: () => T | Promise<T>, otherwise: U): Promise<T | U> {
    try {
      return await work();
    } catch {
      return otherwise;
    }
  }

  return {
    getMany: (keys) => attempt(() => store.getMany(keys), undefined),
    putMany: (entries) => attempt(() => store.putMany(entries), undefined),
    claim: (keys, owner, ttlMs) => attempt(() => store.claim(keys, owner, ttlMs), undefined),
    release: (keys, owner) => attempt(() => store.release(keys, owner), undefined),
    drop: (keys) => attempt(() => store.drop(keys), 0),
    bytesOf: store.bytesOf,
    isAvailable: store.isAvailable,
  };
}

import type { Loaded, MaybePromise } from '../source.ts';

/**
 * Where loaded values are kept, in the process or in Redis. Keys are whole strings, all keys of one call belong
 * to one shop. A store never decides whether a value may be used: its reader does, by the versions.
 */
export interface Store {
  /** The values of these keys, in their order; undefined where there is none. */
  getMany(keys: readonly string[]): MaybePromise<readonly (Loaded<unknown> | undefined)[]>;
  /** Stores each value unless what is there is newer (`isNewer`); resolves to how many were stored. */
  putMany(entries: readonly StoreEntry[]): MaybePromise<number>;
  /** Claims the keys for one loader: true for those that nobody else holds. A claim lapses after `ttlMs`. */
  claim(keys: readonly string[], owner: string, ttlMs: number): MaybePromise<readonly boolean[]>;
  /** Gives claims back, where `owner` still holds them. */
  release(keys: readonly string[], owner: string): MaybePromise<void>;
  /** Removes values; resolves to how many were there. */
  drop(keys: readonly string[]): MaybePromise<number>;
  /** Whether it can be used now, as far as is known. */
  isAvailable(): boolean;
  close(): MaybePromise<void>;
}

export interface StoreEntry {
  readonly key: string;
  readonly loaded: Loaded<unknown>;
  /** How long to keep it, from now. A bound on memory: freshness is not its business. */
  readonly ttlMs: number;
}

/** Versions only grow together (snapshots are ordered), so their sum orders them; then the time of the load. */
export function isNewer(a: Loaded<unknown>, b: Loaded<unknown>): boolean {
  const difference = sum(a) - sum(b);
  return difference === 0 ? a.loadedAt > b.loadedAt : difference > 0;
}

function sum({ versions }: Loaded<unknown>): number {
  return versions.shop + versions.barber + versions.day;
}

import type { Loaded, MaybePromise, Versions } from '../source.ts';

/**
 * Where loaded values are kept, in the process or in Redis. Keys are whole strings, all keys of one call belong
 * to one shop. A store never decides whether a value may be used: its reader does, by the versions.
 */
export interface Store {
  /** What lies under these keys, in their order. */
  getMany(keys: readonly string[]): MaybePromise<readonly Found[]>;
  /** Stores each value unless what is there is newer (`isNewer`); resolves to how many were stored. */
  putMany(entries: readonly StoreEntry[]): MaybePromise<number>;
  /** Claims the keys for one loader: true for those that nobody else holds. A claim lapses after `ttlMs`. */
  claim(keys: readonly string[], owner: string, ttlMs: number): MaybePromise<readonly boolean[]>;
  /** Gives claims back, where `owner` still holds them. */
  release(keys: readonly string[], owner: string): MaybePromise<void>;
  /** Removes values; resolves to how many were there. */
  drop(keys: readonly string[]): MaybePromise<number>;
  /** About how many bytes the value takes as it is kept, without its key and what the store adds. */
  bytesOf(entry: StoreEntry): number;
  /** Whether it can be used now, as far as is known. */
  isAvailable(): boolean;
}

/** A value; undefined where there is none; or there is something that cannot be read as one. */
export type Found = Loaded<unknown> | 'undecodable' | undefined;

export interface StoreEntry {
  readonly key: string;
  readonly loaded: Loaded<unknown>;
  /** How long to keep it, from now. A bound on memory: freshness is not its business. */
  readonly ttlMs: number;
}

/** By the versions, then by the time of the load. */
export function isNewer(a: Loaded<unknown>, b: Loaded<unknown>): boolean {
  const difference = orderOf(a.versions) - orderOf(b.versions);
  return difference === 0 ? a.loadedAt > b.loadedAt : difference > 0;
}

/** Versions only grow together, because snapshots are ordered: so their sum orders them. */
export function orderOf({ shop, barber, day }: Versions): number {
  return shop + barber + day;
}

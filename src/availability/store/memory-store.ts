import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import type { KindName } from '../loading/watcher.ts';
import type { Loaded } from '../source.ts';
import { createDeparted, type Trace } from './departed.ts';
import { footprintOf } from './footprint.ts';
import { deepFreeze } from './freeze.ts';
import { isNewer, type Store, type StoreEntry } from './store.ts';

export interface MemoryStoreOptions {
  /** Values kept at most; beyond, the least recently used one goes. */
  readonly maxEntries: number;
  readonly clock: Clock;
}

/** A value as it lies in the process: the very object, with room for a note of whoever reads it. */
export interface Kept {
  readonly loaded: Loaded<unknown>;
  /** Epoch ms until which it is kept. */
  readonly keptUntil: number;
  readonly kind: KindName | undefined;
  /** As in `Trace`. */
  isStored: boolean;
  /** The epoch of the known versions at which its reader last found it acceptable; NaN at first. */
  acceptedAt: number;
  /** Until when (epoch ms of Postgres) it stays so at that epoch. */
  acceptedUntil: number;
}

export interface KeptEntry extends StoreEntry {
  readonly kind?: KindName;
  readonly isStored?: boolean;
}

/** The store in the process: synchronous, and its values are frozen to the bottom. */
export interface MemoryStore extends Store {
  /** What is kept under a key, whether its time is over or not; it counts as used. */
  get(key: string): Kept | undefined;
  /** The same, without counting as used. */
  peek(key: string): Kept | undefined;
  /** The keys, the most recently used first. */
  keys(): Iterable<string>;
  getMany(keys: readonly string[]): readonly (Loaded<unknown> | undefined)[];
  putMany(entries: readonly KeptEntry[]): number;
  claim(keys: readonly string[], owner: string, ttlMs: number): readonly boolean[];
  release(keys: readonly string[], owner: string): void;
  drop(keys: readonly string[]): number;
  clear(): void;
  /** What is known of what is or was kept under a key; that does not count as a use. */
  trace(key: string): Trace | undefined;
  /** The store between processes did not get these values. */
  notStored(entries: readonly StoreEntry[]): void;
  /** Values kept. */
  readonly size: number;
  /** Of one kind. */
  sizeOf(kind: KindName): number;
  /** Claims not yet swept away. */
  readonly claims: number;
}

interface Claim {
  readonly owner: string;
  readonly lapsesAt: number;
}

/** Keeps values in the process, up to a number of them. */
export function createMemoryStore({ maxEntries, clock }: MemoryStoreOptions): MemoryStore {
  const departed = createDeparted(maxEntries);
  const sizes: Record<KindName, number> = { days: 0, schedules: 0, rules: 0 };
  const values = new LRUCache<string, Kept>({
    max: maxEntries,
    dispose(kept, key, reason) {
      if (kept.kind !== undefined) sizes[kept.kind] -= 1;
      if (reason !== 'set') departed.add(key, kept);
    },
  });
  const claims = new Map<string, Claim>();

  function live(key: string, now: number): Kept | undefined {
    const kept = values.get(key);
    if (kept === undefined || kept.keptUntil > now) return kept;
    values.delete(key);
    return undefined;
  }

  const trace = (key: string): Trace | undefined => values.peek(key) ?? departed.get(key);

  function put({ key, loaded, ttlMs, kind, isStored = false }: KeptEntry, now: number): boolean {
    const frozen = deepFreeze(loaded);
    const present = live(key, now);
    if (present !== undefined && !isNewer(loaded, present.loaded)) return false;
    values.set(key, {
      loaded: frozen,
      keptUntil: now + ttlMs,
      kind,
      isStored,
      acceptedAt: Number.NaN,
      acceptedUntil: 0,
    });
    if (kind !== undefined) sizes[kind] += 1;
    departed.delete(key);
    return true;
  }

  function claimOne(key: string, claim: Claim, now: number): boolean {
    const present = claims.get(key);
    if (present !== undefined && present.lapsesAt > now && present.owner !== claim.owner) return false;
    claims.delete(key);
    claims.set(key, claim);
    return true;
  }

  /** Claims whose owners died; the oldest are in front. */
  function sweep(now: number): void {
    for (const [key, { lapsesAt }] of claims) {
      if (lapsesAt > now) return;
      claims.delete(key);
    }
  }

  function clear(): void {
    values.clear();
    departed.clear();
    claims.clear();
  }

  return {
    get: (key) => values.get(key),
    peek: (key) => values.peek(key),
    keys: () => values.keys(),
    getMany(keys) {
      const now = clock.now();
      return keys.map((key) => live(key, now)?.loaded);
    },
    putMany(entries) {
      const now = clock.now();
      return entries.reduce((stored, entry) => stored + (put(entry, now) ? 1 : 0), 0);
    },
    claim(keys, owner, ttlMs) {
      const now = clock.now();
      sweep(now);
      return keys.map((key) => claimOne(key, { owner, lapsesAt: now + ttlMs }, now));
    },
    release(keys, owner) {
      for (const key of keys) {
        if (claims.get(key)?.owner === owner) claims.delete(key);
      }
    },
    drop(keys) {
      const now = clock.now();
      return keys.reduce((dropped, key) => dropped + (live(key, now) && values.delete(key) ? 1 : 0), 0);
    },
    clear,
    trace,
    notStored(entries) {
      for (const { key, loaded } of entries) {
        const traced = trace(key);
        if (traced?.loaded.loadedAt === loaded.loadedAt) traced.isStored = false;
      }
    },
    bytesOf: ({ loaded }) => footprintOf(loaded.value),
    isAvailable: () => true,
    get size() {
      return values.size;
    },
    sizeOf: (kind) => sizes[kind],
    get claims() {
      return claims.size;
    },
  };
}

import type { Clock } from '../../clock.ts';
import type { CurrentVersions } from '../cache/version-queries.ts';
import type { ReadTimes } from '../counting/times.ts';
import type { Loaded } from '../source.ts';
import type { ForgivingStore } from '../store/forgiving-store.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import type { Known, KnownVersions, VersionFeed } from '../versions.ts';
import type { Target } from './target.ts';
import type { KindName, ReadWatcher } from './watcher.ts';

/** One kind of data: how it is found, loaded and judged. A query asks for values of one shop. */
export interface Kind<Q extends { readonly shopId: number }, T> {
  readonly name: KindName;
  /** The lifetime of its values (ms); it may be changed at any time. */
  readonly ttlMs: number;
  /** What a query asks for, in order. */
  targets(query: Q): readonly Target[];
  /** Tells queries for different values apart. */
  nameOf(query: Q): string;
  keyOf(shopId: number, value: T): string;
  /** The versions that a value depends on; 0 for those that it does not. */
  knownOf(known: KnownVersions, target: Target): Known;
  /** Begins to load the targets, in as few calls of the source as is sensible; more may come than was asked for. */
  load(targets: readonly Target[]): readonly Promise<readonly Loaded<T>[]>[];
  /** The versions that the query's values depend on, as they are in Postgres. */
  current(query: Q): Promise<CurrentVersions>;
}

/** What lay under a key, as a value of the key's kind: no other is ever put there. */
export function asOfKind<T>(loaded: Loaded<unknown>): Loaded<T> {
  return loaded as Loaded<T>;
}

/** What the kinds share. */
export interface CacheContext {
  /** In the process: answers at once. */
  readonly store: MemoryStore;
  /** Between processes. */
  readonly shared: ForgivingStore | undefined;
  readonly feed: VersionFeed;
  readonly clock: Clock;
  /** Milliseconds on a clock that is never set. */
  readonly monotonic: () => number;
  readonly delay: (ms: number) => Promise<void>;
  readonly watch: ReadWatcher;
  readonly times: ReadTimes;
  /** From 0 to 1. */
  readonly random: () => number;
}

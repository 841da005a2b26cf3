import type { Loaded } from '../source.ts';

/** One value of a read: its key, and the version rows that it depends on. */
export interface Target {
  readonly key: string;
  readonly shopId: number;
  readonly barberId: number;
  readonly day: string;
}

export type Values<T> = ReadonlyMap<string, Loaded<T>>;

/** What came of a load. */
export interface Fetched<T> {
  readonly values: Values<T>;
  /** The keys of those that another process had loaded. */
  readonly fromOthers: ReadonlySet<string>;
}

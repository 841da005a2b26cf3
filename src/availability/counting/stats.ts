/** Why a value could not be used, or was not there. */
export const MISS_CAUSES = [
  /** It had never been there, as far as is known. */
  'cold',
  /** Its lifetime was over. */
  'expired',
  /** Something had changed since it was loaded. */
  'tooOld',
  /** It had to make room, or was lost, before its time. */
  'evicted',
  /** It could not be read: another version's, or damaged. */
  'undecodable',
  /** It could not be judged, because this instance did not see what others change. */
  'notFollowing',
  /** The store did not answer. */
  'away',
] as const;

export type MissCause = (typeof MISS_CAUSES)[number];
export type Misses = Record<MissCause, number>;

/** What became of the values that were looked for in one tier. */
export interface TierStats {
  hits: number;
  readonly misses: Misses;
  /** Loaded values that met something newer there. */
  superseded: number;
}

/**
 * What became of the reads of one kind of data since the start, in values. Each value that a reader asks for is one
 * hit or one miss in the process. What was missed there is looked for in the store between processes, where there is
 * one and it may be used; strong reads and those of an instance that does not follow go past it.
 *
 *     values read       = process hits + process misses
 *     process misses    = shared hits + misses
 *     misses            = loaded + joined + waits + degraded + failed
 *
 * A warm-up's reads count in `warmed`, `loads` and `superseded`, and nowhere else.
 */
export interface KindStats {
  readonly process: TierStats;
  readonly shared: TierStats;
  /** Values that were in neither, by the cause in the last one asked. */
  readonly misses: Misses;
  /** Reads, of one or many values each, that were answered in the process at once. */
  atOnce: number;
  /** Calls of the source. */
  loads: number;
  /** Missed values that were loaded for the very read. */
  loaded: number;
  /** Missed values that another read of this process was fetching already. */
  joined: number;
  /** Missed values that came out of another process's load. */
  waits: number;
  /** Missed values answered with the last one known, because Postgres was away. */
  degraded: number;
  /** Missed values of reads that failed. */
  failed: number;
  /** Values that a warm-up had to fetch. */
  warmed: number;
}

export function newKindStats(): KindStats {
  return {
    process: newTierStats(),
    shared: newTierStats(),
    misses: noMisses(),
    atOnce: 0,
    loads: 0,
    loaded: 0,
    joined: 0,
    waits: 0,
    degraded: 0,
    failed: 0,
    warmed: 0,
  };
}

function newTierStats(): TierStats {
  return { hits: 0, misses: noMisses(), superseded: 0 };
}

export function noMisses(): Misses {
  return { cold: 0, expired: 0, tooOld: 0, evicted: 0, undecodable: 0, notFollowing: 0, away: 0 };
}

export function sumOf(misses: Readonly<Misses>): number {
  return MISS_CAUSES.reduce((sum, cause) => sum + misses[cause], 0);
}

/** Why a value could not be used, or was not there. */
export const MISS_CAUSES = [
  /** It had never been there, as far as is known. */
  'cold',
  /** Its lifetime was over. */
  'expired',
  /** Something had changed since it was loaded. */
  'tooOld',
  /** It had to make room before its time. */
  'evicted',
  /** It could not be read: another version's, or damaged. */
  'undecodable',
  /** It could not be judged, because this instance did not see what others change. */
  'notFollowing',
  /** The store did not answer. */
  'away',
] as const;

export type MissCause = (typeof MISS_CAUSES)[number];

/** What became of the values that were looked for in one tier. */
export interface TierStats {
  hits: number;
  readonly misses: Record<MissCause, number>;
}

/**
 * What became of the reads of one kind of data since the start, in values. What was missed in the process was looked
 * for in the store between processes, where there is one; what was missed there too was loaded.
 */
export interface KindStats {
  readonly process: TierStats;
  readonly shared: TierStats;
  /** Calls of the source. */
  loads: number;
  /** Values for which another process's load was waited for. */
  waits: number;
  /** Loaded values that met something newer in the store. */
  superseded: number;
  /** Values answered although Postgres was away. */
  degraded: number;
  /** Values that a warm-up loaded. Its reads count nowhere else but in `loads`. */
  warmed: number;
}

export function newKindStats(): KindStats {
  return {
    process: newTierStats(),
    shared: newTierStats(),
    loads: 0,
    waits: 0,
    superseded: 0,
    degraded: 0,
    warmed: 0,
  };
}

function newTierStats(): TierStats {
  const misses: Record<MissCause, number> = {
    cold: 0,
    expired: 0,
    tooOld: 0,
    evicted: 0,
    undecodable: 0,
    notFollowing: 0,
    away: 0,
  };
  return { hits: 0, misses };
}

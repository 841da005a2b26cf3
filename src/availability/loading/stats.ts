/** What became of the reads of one kind of data since the start, in values. */
export interface KindStats {
  /** Used as they lay in the process. */
  hits: number;
  /** By what was wrong with the value in the process. */
  readonly misses: {
    /** There was none. */
    cold: number;
    /** Its lifetime was over. */
    expired: number;
    /** Something had changed since it was loaded. */
    tooOld: number;
    /** It could not be judged, because this instance did not see what others change. */
    notFollowing: number;
  };
  /** Values that came from the store that processes share. */
  shared: number;
  /** Calls of the source. */
  loads: number;
  /** Values for which another process's load was waited for. */
  waits: number;
  /** Loaded values that met something newer in the store. */
  superseded: number;
  /** Values answered although Postgres was away. */
  degraded: number;
}

export function newKindStats(): KindStats {
  return {
    hits: 0,
    misses: { cold: 0, expired: 0, tooOld: 0, notFollowing: 0 },
    shared: 0,
    loads: 0,
    waits: 0,
    superseded: 0,
    degraded: 0,
  };
}

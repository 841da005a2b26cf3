import type { CachedSourceStats } from '../availability/cached-source.ts';
import {
  type KindStats,
  MISS_CAUSES,
  type MissCause,
  type TierStats,
} from '../availability/loading/stats.ts';
import type { KindName } from '../availability/loading/watcher.ts';

export const KIND_NAMES = ['days', 'schedules', 'rules'] as const satisfies readonly KindName[];

/** What became of values that were read. */
export interface ReadCounts {
  /** Answered from the process or from Redis. */
  readonly hits: number;
  /** Loaded, or waited for. */
  readonly misses: number;
  readonly causes: Readonly<Record<MissCause, number>>;
  readonly loads: number;
}

function readCounts({ process, shared, loads }: KindStats): ReadCounts {
  const missed = missesOf(process);
  // Of what was missing in the process, some was in Redis.
  const misses = Math.max(0, missed - shared.hits);
  // Where Redis was asked too, its answer is why a value had to be loaded.
  const wasAsked = missesOf(shared) > 0;
  const causes = wasAsked
    ? { ...shared.misses, notFollowing: shared.misses.notFollowing + process.misses.notFollowing }
    : { ...process.misses };
  return { hits: process.hits + shared.hits, misses, causes, loads };
}

/** Of each kind, as it stands now. */
export function readsByKind({ days, schedules, rules }: CachedSourceStats): Record<KindName, ReadCounts> {
  return { days: readCounts(days), schedules: readCounts(schedules), rules: readCounts(rules) };
}

export function allReads(reads: Readonly<Record<KindName, ReadCounts>>): ReadCounts {
  return KIND_NAMES.map((kind) => reads[kind]).reduce(added);
}

/** What was counted since `before`. */
export function readsSince(now: ReadCounts, before: ReadCounts): ReadCounts {
  return combined(now, before, (a, b) => Math.max(0, a - b));
}

/** Per cent; undefined before the first read. */
export function hitRate({ hits, misses }: Pick<ReadCounts, 'hits' | 'misses'>): number | undefined {
  return hits + misses === 0 ? undefined : (100 * hits) / (hits + misses);
}

/** Why most of the misses happened; undefined without any. */
export function leadingCause(causes: ReadCounts['causes']): MissCause | undefined {
  const [first] = [...MISS_CAUSES].sort((a, b) => causes[b] - causes[a]);
  return first !== undefined && causes[first] > 0 ? first : undefined;
}

function missesOf({ misses }: TierStats): number {
  return MISS_CAUSES.reduce((sum, cause) => sum + misses[cause], 0);
}

function added(a: ReadCounts, b: ReadCounts): ReadCounts {
  return combined(a, b, (x, y) => x + y);
}

function combined(a: ReadCounts, b: ReadCounts, by: (a: number, b: number) => number): ReadCounts {
  const causes = { ...a.causes };
  for (const cause of MISS_CAUSES) causes[cause] = by(a.causes[cause], b.causes[cause]);
  return {
    hits: by(a.hits, b.hits),
    misses: by(a.misses, b.misses),
    causes,
    loads: by(a.loads, b.loads),
  };
}

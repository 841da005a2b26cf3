import { percentOf, totalsOf } from '../availability/counting/report.ts';
import { type KindStats, MISS_CAUSES, type MissCause, type Misses } from '../availability/counting/stats.ts';
import { KIND_NAMES, type KindName } from '../availability/loading/watcher.ts';

/** What became of values that were read. */
export interface ReadCounts {
  /** Answered from the process or from Redis. */
  readonly hits: number;
  /** Loaded, or waited for. */
  readonly misses: number;
  readonly causes: Readonly<Misses>;
  readonly loads: number;
}

function readCounts(stats: KindStats): ReadCounts {
  const { hits, misses, missesByCause } = totalsOf([stats]);
  return { hits, misses, causes: missesByCause, loads: stats.loads };
}

/** Of each kind, as it stands now. */
export function readsByKind({
  days,
  schedules,
  rules,
}: Readonly<Record<KindName, KindStats>>): Record<KindName, ReadCounts> {
  return { days: readCounts(days), schedules: readCounts(schedules), rules: readCounts(rules) };
}

export function allReads(reads: Readonly<Record<KindName, ReadCounts>>): ReadCounts {
  return KIND_NAMES.map((kind) => reads[kind]).reduce((a, b) => combined(a, b, (x, y) => x + y));
}

/** What was counted since `before`. */
export function readsSince(now: ReadCounts, before: ReadCounts): ReadCounts {
  return combined(now, before, (a, b) => Math.max(0, a - b));
}

/** Per cent; null before the first read. */
export function hitRate({ hits, misses }: Pick<ReadCounts, 'hits' | 'misses'>): number | null {
  return percentOf(hits, hits + misses);
}

/** Why most of the misses happened; undefined without any. */
export function leadingCause(causes: ReadCounts['causes']): MissCause | undefined {
  const [first] = [...MISS_CAUSES].sort((a, b) => causes[b] - causes[a]);
  return first !== undefined && causes[first] > 0 ? first : undefined;
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

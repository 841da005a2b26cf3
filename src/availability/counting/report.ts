import type { KindName } from '../loading/watcher.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import type { VersionedCache } from '../versioned-cache.ts';
import { added, type Distribution } from './distribution.ts';
import { type KindStats, MISS_CAUSES, type Misses, noMisses, sumOf } from './stats.ts';
import type { Answered } from './times.ts';

/** What became of one kind of data since the start, and what is kept of it now. */
export interface KindReport extends Readonly<KindStats> {
  readonly lifetimeSeconds: number;
  /** Values in the process. */
  readonly entries: number;
  /** They take about so many bytes, by a sample; null before the first. */
  readonly bytes: number | null;
  /** Mean bytes of a value as it is written to the store between processes; null before the first, and without one. */
  readonly sharedValueBytes: number | null;
}

/** Besides its data: its key, where it is found, and the notes of whoever reads it. */
const ENTRY_BYTES = 270;

export function reportOf(
  { name, ttlMs }: { readonly name: KindName; readonly ttlMs: number },
  { stats, sizes }: Pick<VersionedCache<never, unknown>, 'stats' | 'sizes'>,
  store: MemoryStore,
): KindReport {
  const entries = store.sizeOf(name);
  const size = sizes.process();
  return {
    ...stats,
    process: copyOf(stats.process),
    shared: copyOf(stats.shared),
    misses: { ...stats.misses },
    lifetimeSeconds: ttlMs / 1_000,
    entries,
    bytes: size === undefined ? null : Math.round(entries * (size + ENTRY_BYTES)),
    sharedValueBytes: sizes.shared() ?? null,
  };
}

function copyOf<T extends { readonly misses: Misses }>(tier: T): T {
  return { ...tier, misses: { ...tier.misses } };
}

/** The values of reads, whatever tier they came out of. */
export interface Totals {
  readonly hits: number;
  readonly misses: number;
  readonly missesByCause: Readonly<Misses>;
  /** Per cent of the values read; null before the first. */
  readonly hitRate: number | null;
}

export function totalsOf(kinds: readonly Pick<KindStats, 'process' | 'shared' | 'misses'>[]): Totals {
  const hits = kinds.reduce((sum, { process, shared }) => sum + process.hits + shared.hits, 0);
  return totals(
    hits,
    kinds.map(({ misses }) => misses),
  );
}

/** Of one tier alone. */
export function tierTotalsOf(tiers: readonly { hits: number; readonly misses: Misses }[]): Totals {
  return totals(
    tiers.reduce((sum, tier) => sum + tier.hits, 0),
    tiers.map(({ misses }) => misses),
  );
}

function totals(hits: number, all: readonly Readonly<Misses>[]): Totals {
  const missesByCause = noMisses();
  for (const misses of all) for (const cause of MISS_CAUSES) missesByCause[cause] += misses[cause];
  const misses = sumOf(missesByCause);
  return { hits, misses, missesByCause, hitRate: percentOf(hits, hits + misses) };
}

/** Null of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

/** Milliseconds of reads out of a cache, whichever. */
export function hitTimes({ process, shared }: Readonly<Record<Answered, Distribution>>): Distribution {
  return added(process, shared);
}

/**
 * Milliseconds that readers did not wait: each read out of a cache would have taken as long as those that had to load,
 * on average. 0 until something was missed.
 */
export function timeSaved(
  { atOnce }: Pick<KindStats, 'atOnce'>,
  times: Readonly<Record<Answered, Distribution>>,
): number {
  const { miss, shared, process } = times;
  if (miss.count === 0) return 0;
  const missed = miss.sum / miss.count;
  const here = process.count === 0 ? 0 : process.sum / process.count;
  return Math.max(0, atOnce * (missed - here) + shared.count * missed - shared.sum);
}

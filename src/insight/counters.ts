import { BOUNDS } from '../availability/counting/distribution.ts';
import { type Histogram, since, sum } from '../availability/counting/histogram.ts';
import { hitTimes } from '../availability/counting/report.ts';
import type { ReadTimes } from '../availability/counting/times.ts';
import type { FeedStats } from '../availability/feed/change-feed.ts';
import { LAG_BOUNDS } from '../availability/feed/lag.ts';
import { KIND_NAMES, type KindName } from '../availability/loading/watcher.ts';
import type { RedisStats } from '../redis/meter.ts';
import type { ReadCounts } from './reads.ts';

/** Without what seconds in binary leave behind: trends are added up by these numbers. */
const BOUNDS_MS = BOUNDS.map((seconds) => Number((seconds * 1_000).toPrecision(6)));

/** How long reads of one kind took (ms), counted since the start: those that hit, and those that missed. */
export interface KindLatency {
  readonly kind: KindName;
  readonly hit: Histogram;
  readonly miss: Histogram;
}

/** Everything that is counted, as it stood at one moment. */
export interface Counters {
  /** Monotonic ms. */
  readonly at: number;
  readonly reads: Readonly<Record<KindName, ReadCounts>>;
  /** Values in the process. */
  readonly entries: number;
  readonly feed: FeedStats;
  /** Undefined where each process has a cache of its own. */
  readonly redis: RedisStats | undefined;
  /** Of all kinds. */
  readonly hitMs: Histogram;
  readonly missMs: Histogram;
}

/** Two moments: what lies between them is the difference. */
export interface Period {
  readonly from: Counters;
  readonly to: Counters;
}

/** Reads that hit, and those that missed, by how long they took. */
export const hitsIn = ({ from, to }: Period): Histogram => between(from.hitMs, to.hitMs);
export const missesIn = ({ from, to }: Period): Histogram => between(from.missMs, to.missMs);

/** Changes of others, by how long it took until they were known here. */
export function lagsIn({ from, to }: Period): Histogram {
  return { bounds: LAG_BOUNDS, counts: since(to.feed.lag, from.feed.lag) };
}

function between(before: Histogram, now: Histogram): Histogram {
  return { bounds: now.bounds, counts: since(now.counts, before.counts) };
}

/** What a cache measures of its reads by itself. */
export async function measuredBy({ read }: Pick<ReadTimes, 'read'>): Promise<readonly KindLatency[]> {
  const times = await read();
  return KIND_NAMES.map((kind) => ({
    kind,
    hit: { bounds: BOUNDS_MS, counts: hitTimes(times[kind]).counts },
    miss: { bounds: BOUNDS_MS, counts: times[kind].miss.counts },
  }));
}

/** Of all kinds together, which are measured in the same ranges. */
export function latencyOf(kinds: readonly KindLatency[], end: 'hit' | 'miss'): Histogram {
  return kinds
    .map((kind) => kind[end])
    .reduce(({ bounds, counts }, more) => ({ bounds, counts: sum(counts, more.counts) }));
}

/** The last minutes of what is counted. */
export interface Window {
  /** Looks now. Answers with the time from then back to the beginning of the window, or of all. */
  look(): Promise<Period>;
  /** What was before does not matter: the window begins now. */
  begin(): void;
}

/** Two looks are at least this far apart (ms), so that a window is a list of sixty at most. */
const GRAIN_MS = 5_000;

/** Remembers what it sees for `lengthMs`; somebody has to look now and then. */
export function createWindow(read: () => Promise<Counters>, lengthMs: number): Window {
  let seen: Counters[] = [];
  async function look(): Promise<Period> {
    const to = await read();
    const begin = to.at - lengthMs;
    while ((seen[1]?.at ?? Number.POSITIVE_INFINITY) <= begin) seen.shift();
    const last = seen.at(-1);
    if (last === undefined || to.at - last.at >= GRAIN_MS) seen.push(to);
    return { from: seen[0] ?? to, to };
  }

  function begin(): void {
    seen = [];
    void look();
  }

  begin();
  return { look, begin };
}

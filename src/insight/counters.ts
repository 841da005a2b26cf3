import type { FeedStats } from '../availability/feed/change-feed.ts';
import type { KindName } from '../availability/loading/watcher.ts';
import type { RedisStats } from '../redis/meter.ts';
import { type Histogram, sum } from './histogram.ts';
import type { ReadCounts } from './reads.ts';

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
  /** Of all kinds; undefined where nobody measures. */
  readonly hitMs: Histogram | undefined;
  readonly missMs: Histogram | undefined;
}

/** Two moments: what lies between them is the difference. */
export interface Period {
  readonly from: Counters;
  readonly to: Counters;
}

/** Of all kinds together, which are measured in the same ranges. */
export function latencyOf(kinds: readonly KindLatency[], end: 'hit' | 'miss'): Histogram | undefined {
  const [first] = kinds;
  if (first === undefined) return undefined;
  const counts = kinds.map((kind) => kind[end].counts).reduce(sum);
  return { bounds: first[end].bounds, counts };
}

/** The last minutes of what is counted. */
export interface Window {
  /** Looks now. Answers with the time from then back to the beginning of the window, or of all. */
  look(): Period;
  /** What was before does not matter: the window begins now. */
  begin(): void;
}

/** Two looks are at least this far apart (ms), so that a window is a list of sixty at most. */
const GRAIN_MS = 5_000;

/** Remembers what it sees for `lengthMs`; somebody has to look now and then. */
export function createWindow(read: () => Counters, lengthMs: number): Window {
  let seen: Counters[] = [read()];
  return {
    look() {
      const to = read();
      const begin = to.at - lengthMs;
      while ((seen[1]?.at ?? Number.POSITIVE_INFINITY) <= begin) seen.shift();
      const last = seen.at(-1) ?? to;
      if (to.at - last.at >= GRAIN_MS) seen.push(to);
      return { from: seen[0] ?? to, to };
    },
    begin() {
      seen = [read()];
    },
  };
}

import type { KindStats, MissCause } from './stats.ts';

/** How many of the values that were fetched were loaded for whoever asked, and how many by somebody else. */
export interface Origins {
  loaded: number;
  joined: number;
  waits: number;
}

/**
 * What becomes of a read that is not answered at once, value by value, in the order of its targets. It is added to the
 * statistics when the read ends, however it does: until then a hit may still turn into a miss.
 */
export interface Tally {
  /** Missed in the process. */
  missed(i: number, cause: MissCause): void;
  /** Found in the process after all. */
  found(i: number): void;
  /** What came of the look into the store between processes; without a cause it was found there. */
  looked(i: number, cause: MissCause | undefined): void;
  /** Found at first, wherever that was, and then known to have changed. */
  changed(i: number): void;
  /** Where missed values came from in the end. */
  obtained(from: Origins): void;
  degraded(): void;
  /** Values that were missed everywhere. */
  readonly missedAll: number;
  /** Missed values that were fetched. */
  readonly fetched: number;
  /** Whether all is answered, and with what may be used. */
  readonly isComplete: boolean;
  addTo(stats: KindStats): void;
}

export function createTally(length: number): Tally {
  const here = new Array<MissCause | undefined>(length).fill(undefined);
  const there = new Array<MissCause | 'hit' | undefined>(length).fill(undefined);
  const from: Origins = { loaded: 0, joined: 0, waits: 0 };
  let isDegraded = false;
  const isMissed = (i: number) => here[i] !== undefined && there[i] !== 'hit';
  const missedAll = () => here.reduce((sum, _, i) => sum + (isMissed(i) ? 1 : 0), 0);
  const fetched = () => from.loaded + from.joined + from.waits;

  return {
    missed(i, cause) {
      here[i] = cause;
    },
    found(i) {
      here[i] = undefined;
    },
    looked(i, cause = undefined) {
      there[i] = cause ?? 'hit';
    },
    changed(i) {
      if (here[i] === undefined) here[i] = 'tooOld';
      else there[i] = 'tooOld';
    },
    obtained({ loaded, joined, waits }) {
      from.loaded += loaded;
      from.joined += joined;
      from.waits += waits;
    },
    degraded() {
      isDegraded = true;
    },
    get missedAll() {
      return missedAll();
    },
    get fetched() {
      return fetched();
    },
    get isComplete() {
      return fetched() === missedAll();
    },
    addTo(stats) {
      here.forEach((cause, i) => {
        const then = there[i];
        if (cause === undefined) stats.process.hits += 1;
        else stats.process.misses[cause] += 1;
        if (then === 'hit') stats.shared.hits += 1;
        else if (then !== undefined) stats.shared.misses[then] += 1;
        if (cause !== undefined && then !== 'hit') stats.misses[then ?? cause] += 1;
      });
      stats.loaded += from.loaded;
      stats.joined += from.joined;
      stats.waits += from.waits;
      stats[isDegraded ? 'degraded' : 'failed'] += missedAll() - fetched();
    },
  };
}

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
export class Tally {
  /** Why a value was missed in the process. */
  readonly #here: (MissCause | undefined)[];
  /** What came of the looks into the store between processes. */
  readonly #there: (MissCause | 'hit' | undefined)[];
  readonly #from: Origins = { loaded: 0, joined: 0, waits: 0 };
  #isDegraded = false;

  constructor(length: number) {
    this.#here = new Array(length).fill(undefined);
    this.#there = new Array(length).fill(undefined);
  }

  /** Missed in the process. */
  missed(i: number, cause: MissCause): void {
    this.#here[i] = cause;
  }

  /** Found in the process after all. */
  found(i: number): void {
    this.#here[i] = undefined;
  }

  /** What came of the look into the store between processes; without a cause it was found there. */
  looked(i: number, cause: MissCause | undefined): void {
    this.#there[i] = cause ?? 'hit';
  }

  /** Found at first, wherever that was, and then known to have changed. */
  changed(i: number): void {
    if (this.#here[i] === undefined) this.#here[i] = 'tooOld';
    else this.#there[i] = 'tooOld';
  }

  /** Where missed values came from in the end. */
  obtained({ loaded, joined, waits }: Origins): void {
    this.#from.loaded += loaded;
    this.#from.joined += joined;
    this.#from.waits += waits;
  }

  degraded(): void {
    this.#isDegraded = true;
  }

  /** Missed values that were fetched. */
  get fetched(): number {
    return this.#from.loaded + this.#from.joined + this.#from.waits;
  }

  /** Values that were missed everywhere. */
  missedAll(): number {
    let missed = 0;
    for (let i = 0; i < this.#here.length; i++)
      if (this.#here[i] !== undefined && this.#there[i] !== 'hit') missed += 1;
    return missed;
  }

  /** `missed` as `missedAll` says. */
  addTo(stats: KindStats, missed: number): void {
    let [here, there] = [0, 0];
    for (let i = 0; i < this.#here.length; i++) {
      const cause = this.#here[i];
      const then = this.#there[i];
      if (cause === undefined) here += 1;
      else stats.process.misses[cause] += 1;
      if (then === 'hit') there += 1;
      else if (then !== undefined) stats.shared.misses[then] += 1;
      if (cause !== undefined && then !== 'hit') stats.misses[then ?? cause] += 1;
    }
    stats.process.hits += here;
    stats.shared.hits += there;
    stats.loaded += this.#from.loaded;
    stats.joined += this.#from.joined;
    stats.waits += this.#from.waits;
    stats[this.#isDegraded ? 'degraded' : 'failed'] += missed - this.fetched;
  }
}

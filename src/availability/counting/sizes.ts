import type { Store, StoreEntry } from '../store/store.ts';

/** Of the values that are kept, so many at first are measured, then one in so many: it takes 10 µs. */
const MEASURE_FIRST = 10;
const MEASURE_EVERY = 509;
/** The mean of about the last so many measured ones. */
const REMEMBERED = 50;

/** How large values of one kind are in the stores, by a sample of those that were put there. */
export interface Sizes {
  note(entries: readonly StoreEntry[]): void;
  /** Mean bytes of a value; undefined before the first. */
  process(): number | undefined;
  shared(): number | undefined;
}

type Measurable = Pick<Store, 'bytesOf'>;

export function createSizes(store: Measurable, shared: Measurable | undefined): Sizes {
  const [inProcess, inShared] = [createMean(), createMean()];
  let seen = 0;
  return {
    note(entries) {
      for (const entry of entries) {
        if (++seen > MEASURE_FIRST && seen % MEASURE_EVERY !== 0) continue;
        inProcess.add(store.bytesOf(entry));
        if (shared !== undefined) inShared.add(shared.bytesOf(entry));
      }
    },
    process: () => inProcess.value(),
    shared: () => inShared.value(),
  };
}

function createMean() {
  let count = 0;
  let mean = 0;
  return {
    add(value: number) {
      count = Math.min(count + 1, REMEMBERED);
      mean += (value - mean) / count;
    },
    value: () => (count === 0 ? undefined : mean),
  };
}

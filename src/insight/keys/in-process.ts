import { createCount, type Tally } from './tally.ts';

/** Looked at at most: it holds the process up, 10,000 for about 3 ms. */
const MOST = 10_000;

/** Counts what lies in the process; the rest is taken to be like the most recently used 10,000. */
export function countInProcess(keys: Iterable<string>, size: number, bytesOfValue: number): Tally {
  const count = createCount(0);
  for (const key of keys) {
    if (count.met === MOST) break;
    count.add(key);
  }
  const factor = count.met === 0 ? 1 : Math.max(1, size / count.met);
  const kinds = [...count.counts].map(
    ([kind, { keys: found }]) =>
      [kind, { keys: Math.round(found * factor), averageBytes: bytesOfValue }] as const,
  );
  // What a value takes in the process is an estimate in any case.
  return { isEstimate: true, kinds: new Map(kinds) };
}

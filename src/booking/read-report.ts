import type { Read } from '../availability/source.ts';
import type { ReadReport } from './types/availability.ts';

/** What became of a request's reads, in one word. */
export function reportOf({ exact, asOf, hits, misses, bypassed, degraded }: Read): ReadReport {
  const fromCache = hits > 0 && bypassed === 0;
  const status = misses > 0 ? 'miss' : fromCache || degraded ? 'hit' : 'bypass';
  return { status, verified: exact && status === 'hit', degraded, asOf };
}

/** Not part of the report, which is plain data. */
const repetitions = new WeakMap<ReadReport, () => ReadReport | undefined>();

/** The report, of which `again` can tell whether the same question has the same answer. */
export function repeatable(report: ReadReport, again: () => ReadReport | undefined): ReadReport {
  repetitions.set(report, again);
  return report;
}

/** Whether `readAgain` may answer at all. */
export function isRepeatable(report: ReadReport): boolean {
  return repetitions.has(report);
}

/**
 * How the same question would be read now, if it certainly has the same answer; undefined where it has to be asked
 * again. An instant's work: nothing is read and nothing is waited for.
 */
export function readAgain(report: ReadReport): ReadReport | undefined {
  return repetitions.get(report)?.();
}

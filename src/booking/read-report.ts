import type { Read } from '../availability/source.ts';
import type { ReadReport } from './types/availability.ts';

/** What became of a request's reads, in one word. */
export function reportOf({ exact, asOf, hits, misses, bypassed, degraded }: Read): ReadReport {
  const fromCache = hits > 0 && bypassed === 0;
  const status = misses > 0 ? 'miss' : fromCache || degraded ? 'hit' : 'bypass';
  return { status, verified: exact && status === 'hit', degraded, asOf };
}

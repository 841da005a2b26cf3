import { type Scope, withScope } from '../availability/counting/scope.ts';
import type { Logger } from '../log.ts';

export interface TrackOptions {
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** What the log calls it; the function's own name unless given. */
  readonly name?: string;
  /** Milliseconds on a clock that is never set; default `performance.now`. */
  readonly monotonic?: () => number;
}

/** `none`: nothing was read of a cache, or of what goes past one. */
export type TrackedCache = 'hit' | 'miss' | 'bypass' | 'none';

/**
 * The same function, of which each call is logged: how long it took (`ms`) and whether it truly was a hit (`cache`),
 * with how many values it read (`hits`, `misses`, `bypassed`). An answer that carries a `read` report is believed;
 * otherwise the reads that the call made are counted. `this`, arguments, result and errors are left as they are.
 *
 *     const getSlots = trackCachePerformance(service.getAvailableSlots, { log, name: 'getAvailableSlots' });
 */
export function trackCachePerformance<This, Args extends unknown[], Result>(
  call: (this: This, ...args: Args) => Result,
  { log, name = call.name, monotonic = () => performance.now() }: TrackOptions,
): (this: This, ...args: Args) => Result {
  return function (this: This, ...args: Args): Result {
    const began = monotonic();
    const line = (scope: Scope, result?: unknown) => ({
      method: name,
      ms: Math.round((monotonic() - began) * 1_000) / 1_000,
      cache: reportedBy(result) ?? judged(scope),
      ...scope,
    });
    const scope: Scope = { hits: 0, misses: 0, bypassed: 0 };

    const answered = (result: unknown) => log.info(line(scope, result), 'Called');
    const failed = (err: unknown) => log.warn({ ...line(scope), err }, 'Call failed');
    return withScope(scope, () => call.apply(this, args), answered, failed);
  };
}

/** What the answer says of itself: every read of availability does. */
function reportedBy(result: unknown): TrackedCache | undefined {
  const status = at(result, 'value', 'read', 'status') ?? at(result, 'read', 'status');
  return status === 'hit' || status === 'miss' || status === 'bypass' ? status : undefined;
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce(
    (here, key) => (typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined),
    value,
  );
}

function judged({ hits, misses, bypassed }: Scope): TrackedCache {
  if (misses > 0) return 'miss';
  if (bypassed > 0) return 'bypass';
  return hits > 0 ? 'hit' : 'none';
}

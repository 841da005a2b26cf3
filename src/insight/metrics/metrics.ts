import { collectDefaultMetrics, Registry } from 'prom-client';
import type { CachedBookingService } from '../../booking/cached.ts';
import { registerCacheMetrics } from './cache.ts';
import { createRequestTimes, type RequestTimes } from './requests.ts';

export interface Metrics {
  readonly requests: RequestTimes;
  /** Everything as Prometheus reads it, and in which type. */
  render(): Promise<string>;
  readonly contentType: string;
}

/**
 * What Prometheus is told, in a registry of its own; all names begin with `freshchair_`. With `ofProcess` also the
 * process's CPU, memory and event loop: what watches those never ends, so once a process.
 */
export function createMetrics(
  { source, cache, getCacheHealth }: Pick<CachedBookingService, 'source' | 'cache' | 'getCacheHealth'>,
  ofProcess = false,
): Metrics {
  const registry = new Registry();
  registerCacheMetrics(registry, {
    source,
    following: () => getCacheHealth().following,
    redisAvailable: cache.isShared ? cache.isAvailable : undefined,
  });
  const requests = createRequestTimes(registry);
  if (ofProcess) collectDefaultMetrics({ register: registry, prefix: 'freshchair_' });
  return { requests, render: () => registry.metrics(), contentType: registry.contentType };
}

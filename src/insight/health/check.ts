import { publicReason } from '../../redis/reason.ts';
import type { Period } from '../counters.ts';
import type { DriftState } from '../drift/auditor.ts';
import type { Measured, RedisVitals } from './measuring/vitals.ts';
import { type Metric, metric, type Status, worstOf } from './metric.ts';
import { availability } from './metrics/availability.ts';
import { drift } from './metrics/drift.ts';
import { feed } from './metrics/feed.ts';
import { hitRate } from './metrics/hit-rate.ts';
import { invalidationLag } from './metrics/invalidation-lag.ts';
import { memoryInProcess } from './metrics/memory-in-process.ts';
import { connectedClients } from './metrics/redis/clients.ts';
import { errorRate } from './metrics/redis/error-rate.ts';
import { expirationHealth } from './metrics/redis/expiration.ts';
import { memoryUsage } from './metrics/redis/memory.ts';
import { cacheOperations } from './metrics/redis/operations.ts';
import { responseTime } from './metrics/redis/response-time.ts';

/** All that a check goes by. */
export interface Findings {
  readonly period: Period;
  readonly isAvailable: boolean;
  readonly isFollowing: boolean;
  /** Undefined where each process has a cache of its own. */
  readonly redis: RedisVitals | undefined;
  readonly maxEntries: number;
  readonly drift: DriftState | undefined;
  /** Epoch ms. */
  readonly now: number;
}

export interface Judgement {
  readonly status: Status;
  readonly metrics: readonly Metric[];
  readonly summary: string;
  /** The worst first. */
  readonly recommendations: readonly string[];
}

/** How the cache is. Pure: everything has been measured. */
export function judge(findings: Findings): Judgement {
  const metrics = metricsOf(findings);
  const status = worstOf(metrics.map((one) => one.status));
  const advised = [...metrics].sort((a, b) => SEVERITY[b.status] - SEVERITY[a.status]);
  const recommendations = new Set(advised.flatMap(({ recommendation }) => recommendation ?? []));
  return {
    status,
    metrics,
    summary: summaryOf(metrics, status, findings.redis === undefined),
    recommendations: [...recommendations],
  };
}

const SEVERITY: Readonly<Record<Status, number>> = { critical: 3, warning: 2, healthy: 1, unknown: 0 };

function metricsOf(findings: Findings): Metric[] {
  const { period, redis, maxEntries, now } = findings;
  const ofRedis = redis && metricsOfRedis(redis);
  const all: (Metric | undefined)[] = [
    availability(period, findings),
    responseTime(period),
    ofRedis?.memory ?? memoryInProcess(period.to.entries, maxEntries),
    ofRedis?.clients,
    hitRate(period),
    redis && cacheOperations(redis.operations),
    ofRedis?.expiration,
    errorRate(period),
    invalidationLag(period),
    feed(period, findings),
    drift(findings.drift, now),
  ];
  return all.filter((one) => one !== undefined);
}

function metricsOfRedis({ servers, expiries }: RedisVitals) {
  return {
    memory: known(servers, memoryUsage, memoryUsage([])),
    clients: known(servers, connectedClients, connectedClients([])),
    expiration: known(
      expiries,
      expirationHealth,
      expirationHealth({ keys: 0, eternal: 0, late: 0, example: undefined }),
    ),
  };
}

/** What was measured, judged; or what it would be, with the reason why it is not known. */
function known<T>(measured: Measured<T>, judged: (value: T) => Metric, unmeasured: Metric): Metric {
  if ('value' in measured) return judged(measured.value);
  return metric(unmeasured, {
    value: null,
    status: 'unknown',
    message: `Redis did not say: ${publicReason(measured.reason)}.`,
  });
}

function summaryOf(metrics: readonly Metric[], status: Status, isInProcess: boolean): string {
  const named = (wanted: Status) => metrics.filter((one) => one.status === wanted).map(({ name }) => name);
  const parts = (['critical', 'warning'] as const)
    .filter((wanted) => named(wanted).length > 0)
    .map((wanted) => `${wanted}: ${named(wanted).join(', ')}`);
  const unknown = named('unknown');
  const found =
    status === 'healthy'
      ? 'All is well with the cache'
      : status === 'unknown'
        ? 'Nothing is known of the cache yet'
        : capitalized(parts.join('; '));
  const besides = unknown.length > 0 ? `; not known: ${unknown.join(', ')}` : '';
  const mode = isInProcess
    ? ' The cache is in the process alone (REDIS_URL is not set), so what concerns Redis is left out.'
    : '';
  return `${found}${besides}.${mode}`;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

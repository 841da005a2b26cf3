import type { CachedSource } from '../../availability/cached-source.ts';
import type { Lifetimes } from '../../availability/loading/watcher.ts';
import type { RedisConnection } from '../../redis/redis.ts';
import { BYTES_IN_PROCESS } from '../health/metrics/memory-in-process.ts';
import { countInProcess } from './in-process.ts';
import { countInRedis } from './in-redis.ts';
import { KEY_KINDS, type KeyKind } from './kinds.ts';
import type { Tally } from './tally.ts';

export interface KeyKindSummary extends Omit<KeyKind, 'lifetime'> {
  readonly lifetimeSeconds: number;
  readonly keys: number;
  readonly bytes: number;
  readonly averageBytes: number | null;
}

export interface KeySummary {
  /** Where the keys were counted: in Redis or, without it or while it does not answer, in this process. */
  readonly place: 'redis' | 'process';
  readonly estimated: boolean;
  readonly totalKeys: number;
  readonly totalBytes: number;
  readonly kinds: readonly KeyKindSummary[];
}

export interface KeySummaryOptions {
  readonly source: Pick<CachedSource, 'keys' | 'stats'>;
  readonly redis: Pick<RedisConnection, 'probe'> | undefined;
  readonly lifetimes: Lifetimes;
  readonly monotonic: () => number;
}

/** For all of it; a slow Redis is given up, and the process counts what it has. */
const LIMIT_MS = 250;

/** What kinds of keys there are, how many, how large, and what they are for. */
export async function summarizeKeys(options: KeySummaryOptions): Promise<KeySummary> {
  const { source, redis, lifetimes, monotonic } = options;
  const there = await redis
    ?.probe((client) => countInRedis(client, monotonic), LIMIT_MS)
    .catch(() => undefined);
  const place = there === undefined ? 'process' : 'redis';
  const tally: Tally = there ?? countInProcess(source.keys(), source.stats().entries, BYTES_IN_PROCESS);
  const shown = KEY_KINDS.filter(({ kind }) => place === 'redis' || tally.kinds.has(kind) || isValue(kind));
  const kinds = shown.map(({ lifetime, ...kind }): KeyKindSummary => {
    const { keys = 0, averageBytes } = tally.kinds.get(kind.kind) ?? {};
    return {
      ...kind,
      lifetimeSeconds: typeof lifetime === 'number' ? lifetime : lifetimes[lifetime],
      keys,
      bytes: Math.round(keys * (averageBytes ?? 0)),
      averageBytes: averageBytes === undefined ? null : Math.round(averageBytes),
    };
  });
  const total = (of: 'keys' | 'bytes') => kinds.reduce((sum, kind) => sum + kind[of], 0);
  return { place, estimated: tally.isEstimate, totalKeys: total('keys'), totalBytes: total('bytes'), kinds };
}

function isValue(kind: KeyKind['kind']): boolean {
  return kind === 'day' || kind === 'schedule' || kind === 'rules';
}

import type { RedisClient } from '../../../redis/client.ts';
import { reasonOf } from '../../../redis/reason.ts';
import type { RedisConnection } from '../../../redis/redis.ts';
import type { ExpirySample } from '../metrics/redis/expiration.ts';
import type { Operations } from '../metrics/redis/operations.ts';
import { createExpirySampler } from './expiries.ts';
import { readInfo, type ServerInfo } from './info.ts';
import { tryOperations } from './operations.ts';

/** What was found, or why it was not. */
export type Measured<T> = { readonly value: T } | { readonly reason: string };

/** What only Redis itself can tell. */
export interface RedisVitals {
  readonly servers: Measured<readonly ServerInfo[]>;
  readonly expiries: Measured<ExpirySample>;
  readonly operations: Operations;
}

/** A check takes less than 50 ms, with what surrounds this. */
const LIMIT_MS = 40;

/** Asks Redis all of it at once, whether it passes for available or not. */
export function createRedisVitals(redis: Pick<RedisConnection, 'probe'>, instance: string) {
  const sampleExpiries = createExpirySampler();

  async function measure<T>(ask: (client: RedisClient) => Promise<T>): Promise<Measured<T>> {
    try {
      return { value: await redis.probe(ask, LIMIT_MS) };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  }

  return async function look(): Promise<RedisVitals> {
    const [operations, servers, expiries] = await Promise.all([
      tryOperations(redis, instance, LIMIT_MS),
      measure(readInfo),
      measure(sampleExpiries),
    ]);
    return { servers, expiries, operations };
  };
}

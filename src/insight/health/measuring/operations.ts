import { reasonOf } from '../../../redis/reason.ts';
import type { RedisConnection } from '../../../redis/redis.ts';
import type { Operations } from '../metrics/redis/operations.ts';

/** Should the delete not arrive. */
const TTL_MS = 60_000;

/** Writes, reads and deletes a key of this instance's own: three commands, sent together. */
export async function tryOperations(
  redis: Pick<RedisConnection, 'probe'>,
  instance: string,
  limitMs: number,
): Promise<Operations> {
  const key = `fc:{probe:${instance}}`;
  const [write, read, removal] = await Promise.allSettled([
    redis.probe((client) => client.set(key, instance, 'PX', TTL_MS), limitMs),
    redis.probe((client) => client.get(key), limitMs),
    redis.probe((client) => client.del(key), limitMs),
  ]);
  const isOther = write.status === 'fulfilled' && read.status === 'fulfilled' && read.value !== instance;
  return {
    write: failureOf(write),
    read: isOther ? 'what was written was not there' : failureOf(read),
    delete: failureOf(removal),
  };
}

function failureOf(end: PromiseSettledResult<unknown>): string | undefined {
  return end.status === 'rejected' ? reasonOf(end.reason) : undefined;
}

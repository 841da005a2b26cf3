import { Cluster, type Redis } from 'ioredis';
import type { RedisClient } from '../../../redis/client.ts';

/** Of a Cluster at most so many masters are asked: a check is to be quick, and they are alike. */
const MOST = 16;

/** The servers that hold the keys: the one, the master that the Sentinels named, or the masters of a Cluster. */
export function mastersOf(client: RedisClient): readonly Redis[] {
  return client instanceof Cluster ? client.nodes('master').slice(0, MOST) : [client];
}

/** What those said that answered; rejects with what went wrong where none did. */
export async function fromEach<T>(client: RedisClient, ask: (node: Redis) => Promise<T>): Promise<T[]> {
  const answers = await Promise.allSettled(mastersOf(client).map(ask));
  const given = answers.filter((answer) => answer.status === 'fulfilled').map(({ value }) => value);
  const [first] = answers;
  if (given.length === 0) throw first?.status === 'rejected' ? first.reason : new Error('There is no master');
  return given;
}

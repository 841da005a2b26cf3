import type { Redis } from 'ioredis';
import type { RedisClient } from '../../redis/client.ts';
import { fromEach, mastersOf } from '../health/measuring/nodes.ts';
import { createCount, type Tally, together } from './tally.ts';

/** How much of Redis's time a summary takes at most: slices of SCAN, and how long they are asked for (ms). */
const SLICES = 20;
const KEYS_A_SLICE = 500;
const LIMIT_MS = 50;
const WEIGHED = 20;

/**
 * Counts our keys, without KEYS: up to 10,000 keys are looked at, in slices between which Redis serves others. Where
 * there are more, the rest is taken to be like them: SCAN goes in the order of hashes, which is as good as chance.
 */
export async function countInRedis(client: RedisClient, monotonic: () => number): Promise<Tally> {
  const masters = mastersOf(client).length;
  const until = monotonic() + LIMIT_MS;
  const slices = Math.max(1, Math.floor(SLICES / Math.max(1, masters)));
  return together(await fromEach(client, (node) => countOn(node, slices, () => monotonic() < until)));
}

async function countOn(node: Redis, slices: number, hasTime: () => boolean): Promise<Tally> {
  const count = createCount(WEIGHED);
  let cursor = '0';
  let keys: string[] = [];
  let slice = 0;
  do {
    [cursor, keys] = await node.scan(cursor, 'COUNT', KEYS_A_SLICE);
    for (const key of keys) count.add(key);
  } while (cursor !== '0' && ++slice < slices && hasTime());
  const isEstimate = cursor !== '0';
  const factor = isEstimate && count.met > 0 ? Math.max(1, (await node.dbsize()) / count.met) : 1;
  const kinds = [...count.counts];
  const sizes = await weigh(
    node,
    kinds.flatMap(([, { some }]) => some),
  );
  return {
    isEstimate,
    kinds: new Map(
      kinds.map(([kind, { keys: found, some }]) => {
        const weighed = some.map((key) => sizes.get(key) ?? 0).filter((bytes) => bytes > 0);
        const averageBytes = weighed.length === 0 ? undefined : sum(weighed) / weighed.length;
        return [kind, { keys: Math.round(found * factor), averageBytes }];
      }),
    ),
  };
}

/** What keys take with everything around them, as Redis says; those that are gone by now have none. */
async function weigh(node: Redis, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const pipeline = node.pipeline();
  for (const key of keys) pipeline.memory('USAGE', key);
  const answers = (await pipeline.exec()) ?? [];
  return new Map(keys.map((key, i) => [key, Number(answers[i]?.[1] ?? 0)]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import type { RedisClient } from '../../../redis/client.ts';
import type { ExpirySample } from '../metrics/redis/expiration.ts';
import { mastersOf } from './nodes.ts';

/** Of ours nothing is kept for longer than a day, give or take a tenth. */
const LONGEST_MS = 24 * 3_600_000 * 1.1;
const KEYS_A_LOOK = 100;
const [ETERNAL, GONE] = [-1, -2];

/** Looks at a hundred or so keys, at others each time. */
export function createExpirySampler() {
  let looks = 0;
  const cursors = new Map<number, string>();

  return async function sample(client: RedisClient): Promise<ExpirySample> {
    const masters = mastersOf(client);
    const turn = looks++ % Math.max(1, masters.length);
    const node = masters[turn];
    if (node === undefined) throw new Error('There is no master');
    const from = cursors.get(turn) ?? '0';
    const [cursor, keys] = await node.scan(from, 'MATCH', 'fc:*', 'COUNT', KEYS_A_LOOK);
    cursors.set(turn, cursor);
    const pipeline = node.pipeline();
    for (const key of keys) pipeline.pttl(key);
    const answers = (await pipeline.exec()) ?? [];
    const left = answers.map(([error, ms]) => (error === null ? Number(ms) : GONE));
    const wrong = (ms: number) => ms === ETERNAL || ms > LONGEST_MS;
    return {
      keys: left.filter((ms) => ms !== GONE).length,
      eternal: left.filter((ms) => ms === ETERNAL).length,
      late: left.filter((ms) => ms > LONGEST_MS).length,
      example: keys[left.findIndex(wrong)],
    };
  };
}

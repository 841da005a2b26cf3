import { once } from 'node:events';
import { parseRedisUrl, type RedisAddress } from '../../../redis/address.ts';
import { openClient, type RedisClient } from '../../../redis/client.ts';
import { reasonOf } from '../../../redis/reason.ts';
import { within } from '../../../timing.ts';
import { type Judgement, ok, problem, worstOfNodes } from '../finding.ts';
import { isWrongNumber, judgeRedis, judgeRefusal } from './judge.ts';
import { measureRedis } from './measure.ts';

const CONNECT_LIMIT_MS = 3_000;
const ANSWER_LIMIT_MS = 10_000;

export async function checkRedis(url: string | undefined): Promise<Judgement[]> {
  const address = url === undefined ? undefined : parseRedisUrl(url);
  if (address === undefined) return [ok('use', 'None: each process keeps what it reads for itself.')];
  const client = openClient(address, 'freshchair doctor');
  let lastError: unknown;
  client.on('error', (error: Error) => {
    lastError = error;
  });
  try {
    await within(CONNECT_LIMIT_MS, once(client, 'ready'));
    const nodes = await within(ANSWER_LIMIT_MS, measureRedis(client));
    const judged = [...nodes].map(([node, facts]) => [node, judgeRedis(facts, address)] as const);
    return worstOfNodes(new Map(judged));
  } catch (error) {
    return [judgeConnection(client, address, reasonOf(causeOf(lastError ?? error)))];
  } finally {
    client.disconnect();
  }
}

function judgeConnection(client: RedisClient, { kind }: RedisAddress, reason: string): Judgement {
  const isRefused = /NOAUTH|WRONGPASS|invalid password|without any password/.test(reason);
  if (isRefused) {
    return problem(
      'connection',
      'It does not let us in.',
      'Correct user and password in REDIS_URL (redis://user:password@host).',
    );
  }
  if (isWrongNumber(reason)) return judgeRefusal(reason);
  if (/NOPERM/.test(reason)) {
    return problem(
      'connection',
      `This user may not ask how it is (${reason}).`,
      'ACL SETUSER … +info +ping, and what docs/configuration.md says.',
    );
  }
  if (/cluster support disabled/.test(reason)) {
    return problem('connection', 'It is no Cluster.', 'Set REDIS_URL to redis://host:port.');
  }
  const state = client.status === 'ready' ? 'It stopped answering' : 'It cannot be reached';
  const what = {
    single: '',
    sentinel: ', or the Sentinels know no such group',
    cluster: ', or none of its nodes',
  };
  return problem(
    'connection',
    `${state}${what[kind]} (${reason}).`,
    'Check REDIS_URL, and whether it runs. The server goes on without it, exact but slower.',
  );
}

/** A Cluster says that all its nodes failed; the last one says why. */
function causeOf(error: unknown): unknown {
  const last: unknown = error instanceof Error ? Reflect.get(error, 'lastNodeError') : undefined;
  return last ?? error;
}

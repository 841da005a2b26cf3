import type { Redis } from 'ioredis';
import type { RedisClient } from '../../../redis/client.ts';
import type { ClientCount } from '../metrics/redis/clients.ts';
import type { MemoryUse } from '../metrics/redis/memory.ts';
import { fromEach } from './nodes.ts';

export type ServerInfo = MemoryUse & ClientCount;

/** What each master says of its memory and its clients. */
export function readInfo(client: RedisClient): Promise<ServerInfo[]> {
  return fromEach(client, async (node: Redis) => {
    const [memory, clients] = await Promise.all([node.info('memory'), node.info('clients')]);
    return parseInfo(`${memory}\n${clients}`);
  });
}

/** Lines of `name:value`, as INFO answers. */
export function parseInfo(text: string): ServerInfo {
  const values = new Map(
    text.split(/\r?\n/).map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)];
    }),
  );
  const number = (name: string) => Number(values.get(name) ?? Number.NaN);
  const maxClients = number('maxclients');
  return {
    usedBytes: number('used_memory'),
    maxBytes: number('maxmemory') || 0,
    policy: values.get('maxmemory_policy') ?? 'unknown',
    clients: number('connected_clients'),
    maxClients: Number.isFinite(maxClients) ? maxClients : undefined,
  };
}

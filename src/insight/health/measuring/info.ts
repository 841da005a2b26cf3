import type { Redis } from 'ioredis';
import type { RedisClient } from '../../../redis/client.ts';
import { fieldsOf } from '../../../redis/info.ts';
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

export function parseInfo(text: string): ServerInfo {
  const fields = fieldsOf(text);
  const number = (name: string) => Number(fields.get(name) ?? Number.NaN);
  const maxClients = number('maxclients');
  return {
    usedBytes: number('used_memory'),
    maxBytes: number('maxmemory') || 0,
    policy: fields.get('maxmemory_policy') ?? 'unknown',
    clients: number('connected_clients'),
    maxClients: Number.isFinite(maxClients) ? maxClients : undefined,
  };
}

import { Cluster, type Redis } from 'ioredis';
import type { RedisClient } from '../../../redis/client.ts';
import { fieldsOf } from '../../../redis/info.ts';
import { reasonOf } from '../../../redis/reason.ts';

/** What a Redis, or a node of a Cluster, says of itself, and how long it took to say it. */
export interface RedisFacts {
  readonly software: string;
  readonly version: string;
  readonly mode: string;
  /** Bytes; 0 for no limit. */
  readonly maxMemory: number;
  readonly usedMemory: number;
  readonly policy: string;
  readonly clients: number;
  /** Undefined before Redis 7. */
  readonly maxClients: number | undefined;
  readonly evictedKeys: number;
  readonly expiredKeys: number;
  /** What it said to a write by a script; undefined where it did it. */
  readonly writeRefusal: string | undefined;
  /** `ok` or `fail`; undefined where it is no Cluster. */
  readonly clusterState: string | undefined;
  /** Median of a ping (ms). */
  readonly latencyMs: number;
}

const PINGS = 50;
/** As the server's own heartbeat does it. */
const WRITE = "return redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])";
const KEY = 'fc:{doctor}';
const KEY_LIFETIME_MS = 1_000;

/** Of a Cluster each node that can be written to, by its address. */
export async function measureRedis(client: RedisClient): Promise<ReadonlyMap<string, RedisFacts>> {
  if (!(client instanceof Cluster)) return new Map([['', await measureNode(client, () => write(client))]]);
  const nodes = client.nodes('master');
  const measured = nodes.map(async (node) => {
    const { host, port } = node.options;
    // A key is of one node; that one is written to through the Cluster.
    return [`${host}:${port}`, await measureNode(node, () => write(client))] as const;
  });
  return new Map(await Promise.all(measured));
}

async function measureNode(node: Redis, writeKey: () => Promise<void>): Promise<RedisFacts> {
  const latencies: number[] = [];
  for (let ping = 0; ping < PINGS; ping++) {
    const began = performance.now();
    await node.ping();
    latencies.push(performance.now() - began);
  }
  const info = fieldsOf(await node.info());
  const number = (name: string) => Number(info.get(name) ?? 0);
  const isCluster = info.get('cluster_enabled') === '1';
  return {
    software: info.has('valkey_version') ? 'Valkey' : 'Redis',
    version: info.get('valkey_version') ?? info.get('redis_version') ?? '',
    mode: info.get('redis_mode') ?? info.get('server_mode') ?? '',
    maxMemory: number('maxmemory'),
    usedMemory: number('used_memory'),
    policy: info.get('maxmemory_policy') ?? '',
    clients: number('connected_clients'),
    maxClients: info.has('maxclients') ? number('maxclients') : undefined,
    evictedKeys: number('evicted_keys'),
    expiredKeys: number('expired_keys'),
    writeRefusal: await writeKey().then(
      () => undefined,
      (error: unknown) => reasonOf(error),
    ),
    clusterState: isCluster ? fieldsOf(String(await node.cluster('INFO'))).get('cluster_state') : undefined,
    latencyMs: latencies.sort((a, b) => a - b)[PINGS / 2] ?? 0,
  };
}

async function write(client: RedisClient): Promise<void> {
  await client.eval(WRITE, 1, KEY, KEY_LIFETIME_MS);
}

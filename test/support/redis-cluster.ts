import { Redis } from 'ioredis';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { until } from './waiting.ts';

const MASTERS = 3;
const SLOTS = 16_384;
/** A master that is gone this long is replaced by its replica. */
const NODE_TIMEOUT_MS = 1_000;

interface Node {
  readonly server: RedisServer;
  readonly client: Redis;
  readonly id: string;
}

/** Three masters with a replica each. */
export interface RedisCluster {
  /** `redis+cluster://…` */
  readonly url: string;
  readonly nodes: readonly Node[];
  /** The master that has the slot of this key. */
  masterOf(key: string): Promise<Node>;
  /** Moves the slot of this key, and what is in it, to another master. */
  reshard(key: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startRedisCluster(): Promise<RedisCluster> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', String(NODE_TIMEOUT_MS)];
  const nodes = await Promise.all(
    Array.from({ length: 2 * MASTERS }, async () => {
      const server = await startRedisServer({ args });
      const client = new Redis(server.url, { retryStrategy: () => 50 });
      client.on('error', () => {});
      return { server, client, id: String(await client.call('cluster', 'myid')) };
    }),
  );
  const masters = nodes.slice(0, MASTERS);
  const [first] = nodes;
  if (first === undefined) throw new Error('A Cluster has nodes');
  for (const { server } of nodes) await first.client.call('cluster', 'meet', '127.0.0.1', server.port);
  for (const [n, { client }] of masters.entries()) {
    const [from, to] = [Math.ceil((n * SLOTS) / MASTERS), Math.ceil(((n + 1) * SLOTS) / MASTERS) - 1];
    await client.call('cluster', 'addslotsrange', from, to);
  }
  for (const [n, { client }] of nodes.slice(MASTERS).entries()) {
    const { id = '' } = masters[n] ?? {};
    // It has to have heard of its master before.
    await until(() => client.call('cluster', 'replicate', id).then(isOk, () => false));
  }
  for (const { client } of nodes) await until(() => knowsAll(client));

  const masterOf = async (key: string): Promise<Node> => {
    const slot = Number(await first.client.call('cluster', 'keyslot', key));
    for (;;) {
      for (const node of nodes) if (await owns(node.client, slot)) return node;
    }
  };
  return {
    url: `redis+cluster://${nodes.map(({ server }) => `127.0.0.1:${server.port}`).join(',')}`,
    nodes,
    masterOf,
    async reshard(key) {
      const slot = Number(await first.client.call('cluster', 'keyslot', key));
      const source = await masterOf(key);
      const target = masters.find(({ id }) => id !== source.id);
      if (target === undefined) throw new Error('There is no other master');
      await target.client.call('cluster', 'setslot', slot, 'importing', source.id);
      await source.client.call('cluster', 'setslot', slot, 'migrating', target.id);
      for (;;) {
        const keys = await source.client.call('cluster', 'getkeysinslot', slot, 10);
        if (!Array.isArray(keys) || keys.length === 0) break;
        const { port } = target.server;
        await source.client.call('migrate', '127.0.0.1', port, '', 0, 1_000, 'replace', 'keys', ...keys);
      }
      for (const { client } of [target, source]) {
        await client.call('cluster', 'setslot', slot, 'node', target.id);
      }
    },
    async stop() {
      for (const { client } of nodes) client.disconnect();
      await Promise.all(nodes.map(({ server }) => server.stop()));
    },
  };
}

const isOk = (answer: unknown): boolean => answer === 'OK';

async function knowsAll(client: Redis): Promise<boolean> {
  const info = String(await client.call('cluster', 'info'));
  const lines = String(await client.call('cluster', 'nodes'))
    .trim()
    .split('\n');
  const replicas = lines.filter((line) => line.includes('slave')).length;
  return info.includes('cluster_state:ok') && lines.length === 2 * MASTERS && replicas === MASTERS;
}

/** `<id> <address> myself,master - 0 0 1 connected 0-5460 …`: whether its own line has the slot. */
async function owns(client: Redis, slot: number): Promise<boolean> {
  if (client.status !== 'ready') return false;
  const lines = String(await client.call('cluster', 'nodes')).split('\n');
  const [, , flags = '', , , , , , ...ranges] =
    lines.find((line) => line.includes('myself'))?.split(' ') ?? [];
  if (!flags.includes('master')) return false;
  return ranges.some((range) => {
    const [from, to = from] = range.split('-').map(Number);
    return from !== undefined && to !== undefined && from <= slot && slot <= to;
  });
}

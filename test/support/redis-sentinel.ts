import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './ports.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { until } from './waiting.ts';

const GROUP = 'mymaster';
const DOWN_AFTER_MS = 500;
const SENTINELS = 3;

/** A master, a replica and three Sentinels; they fail over half a second after they lost the master. */
export interface SentinelGroup {
  /** `redis+sentinel://…/mymaster` */
  readonly url: string;
  readonly master: RedisServer;
  readonly replica: RedisServer;
  /** Resolves when the Sentinels say that the master is on this port. */
  leads(port: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * `announce` answers with the port by which everybody, the Sentinels too, is to reach a server: the port of a proxy
 * before it, say.
 */
export async function startSentinelGroup(
  announce: (server: RedisServer) => Promise<number>,
): Promise<SentinelGroup> {
  const dir = await mkdtemp(join(tmpdir(), 'fc-sentinel-'));
  const [master, replica] = [await startRedisServer(), await startRedisServer()];
  const [masterPort, replicaPort] = [await announce(master), await announce(replica)];
  await tell(master.port, [['config', 'set', 'replica-announce-port', String(masterPort)]]);
  await tell(replica.port, [
    ['config', 'set', 'replica-announce-port', String(replicaPort)],
    ['replicaof', '127.0.0.1', String(masterPort)],
  ]);
  const sentinels = await Promise.all(
    Array.from({ length: SENTINELS }, async (_, n) => {
      const port = await freePort();
      const file = join(dir, `sentinel-${n}.conf`);
      const lines = [
        `port ${port}`,
        `sentinel monitor ${GROUP} 127.0.0.1 ${masterPort} 2`,
        `sentinel down-after-milliseconds ${GROUP} ${DOWN_AFTER_MS}`,
        `sentinel failover-timeout ${GROUP} 5000`,
      ];
      await writeFile(file, `${lines.join('\n')}\n`);
      return startRedisServer({ port, sentinel: { file } });
    }),
  );
  const [asked] = sentinels;
  const client = new Redis({ host: '127.0.0.1', port: asked?.port ?? 0 });
  client.on('error', () => {});
  await until(async () => {
    const [[, , ...about] = []] = rowsOf(await client.call('sentinel', 'masters'));
    const known = new Map(pairsOf(about));
    return known.get('num-slaves') === '1' && known.get('num-other-sentinels') === String(SENTINELS - 1);
  });
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${GROUP}`,
    master,
    replica,
    leads: (port) =>
      until(async () => {
        const address = await client.call('sentinel', 'get-master-addr-by-name', GROUP);
        return Array.isArray(address) && address[1] === String(port);
      }),
    async stop() {
      client.disconnect();
      await Promise.all([...sentinels, master, replica].map((server) => server.stop()));
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function tell(port: number, commands: readonly (readonly [string, ...string[]])[]): Promise<void> {
  const client = new Redis({ host: '127.0.0.1', port });
  try {
    for (const [command, ...args] of commands) await client.call(command, ...args);
  } finally {
    client.disconnect();
  }
}

const rowsOf = (answer: unknown): string[][] => (Array.isArray(answer) ? answer : []);

function pairsOf(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : []));
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisCluster } from '../../support/redis-cluster.ts';
import type { SentinelGroup } from '../../support/redis-sentinel.ts';
import type { Random } from '../traffic/readers.ts';
import { pick } from '../traffic/readers.ts';
import type { Scene } from '../traffic/scene.ts';
import type { Fault } from './faults.ts';

/** Whichever leads is killed, and comes back as the replica of the other. */
export function sentinelFaults(group: SentinelGroup): readonly Fault[] {
  const both = [group.master, group.replica] as const;
  let leader = 0;
  return [
    {
      name: 'Sentinels fail over because the master was killed',
      async run(lastsMs) {
        const [old, next] = [both[leader], both[1 - leader]];
        await old?.kill();
        if (next !== undefined) await group.leads(next.port);
        leader = 1 - leader;
        await sleep(lastsMs);
        await old?.restart();
        await sleep(SETTLING_MS);
      },
    },
  ];
}

/** A replica that came back has to be known to its Sentinels before its master can be lost. */
const SETTLING_MS = 8_000;

/** The slot of the shop moves, and its master is lost. */
export function clusterFaults(cluster: RedisCluster, { shop }: Scene, random: Random): readonly Fault[] {
  const key = `{shop:${shop.id}}`;
  return [
    { name: 'the Cluster moves the slot of the shop', run: () => cluster.reshard(key) },
    {
      name: 'the Cluster loses the master of the shop',
      async run(lastsMs) {
        const { server, id } = await cluster.masterOf(key);
        await server.kill();
        while ((await cluster.masterOf(key)).id === id) await sleep(100);
        await sleep(lastsMs);
        await server.restart();
        await sleep(SETTLING_MS);
      },
    },
    {
      name: 'FLUSHALL on a node of the Cluster',
      run: async () =>
        void (await pick(random, cluster.nodes)
          .client.flushall()
          .catch(() => {})),
    },
  ];
}

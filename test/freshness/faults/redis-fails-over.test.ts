import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type Proxy as TcpProxy } from '../../support/proxy.ts';
import { type RedisCluster, startRedisCluster } from '../../support/redis-cluster.ts';
import { type SentinelGroup, startSentinelGroup } from '../../support/redis-sentinel.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import { expectExact } from '../traffic/verdict.ts';

const A_WHILE_MS = 2_000;
/** A server that knows but one Redis, and one that asks the Sentinels. */
const [OBLIVIOUS, WATCHFUL] = [0, 1];

let database: TestDatabase;
let scene: Scene;

const allAreWell = () => Promise.all(scene.servers.map((_, server) => scene.cacheIs('healthy', server)));

async function suffer(name: string, fault: () => Promise<unknown>): Promise<void> {
  const report = await scene.during(name, async () => {
    await fault();
    await allAreWell();
    await sleep(A_WHILE_MS);
  });
  expectExact(report);
}

describe('Nobody is offered what is taken when Sentinels', () => {
  let group: SentinelGroup;
  let toMaster: TcpProxy;
  let toReplica: TcpProxy;

  beforeAll(async () => {
    database = await createTestDatabase();
    group = await startSentinelGroup(async (server) => {
      const proxy = await startProxy(server.url);
      if (toMaster === undefined) toMaster = proxy;
      else toReplica = proxy;
      return proxy.port;
    });
    const redisUrl = (server: number) => (server === OBLIVIOUS ? toMaster.connectionString : group.url);
    scene = await openScene({ databaseUrl: database.connectionString, redisUrl });
    await allAreWell();
  });

  afterAll(async () => {
    await scene.close();
    await group.stop();
    await Promise.all([toMaster.close(), toReplica.close(), database.close()]);
  });

  test('fail over while the old master goes on answering somebody', async () => {
    const report = await scene.during('Sentinel failover, split', async () => {
      // Sentinels and the replica lose the master; our servers do not.
      toMaster.isolate((opening) => opening.includes('freshchair'));
      await group.leads(toReplica.port);
      for (const server of [OBLIVIOUS, WATCHFUL]) await scene.cacheIs('healthy', server);
      await sleep(A_WHILE_MS);
      // Each is somebody’s Redis.
      for (const { url } of [group.master, group.replica]) expect(await valuesIn(url)).toBeGreaterThan(0);
      toMaster.isolate(undefined);
      // Its Redis becomes a replica.
      await scene.cacheIs('unavailable', OBLIVIOUS);
      await scene.cacheIs('healthy', WATCHFUL);
    });
    expectExact(report);
  });

  test('fail over because the master was killed', () =>
    suffer('Sentinel failover, killed', async () => {
      await group.replica.kill();
      await group.leads(toMaster.port);
    }));
});

/** Counts what the servers have there; a replica that is being given another master's data may say that it loads. */
async function valuesIn(url: string): Promise<number> {
  const client = new Redis(url);
  try {
    return (await client.keys('fc:{shop:*')).length;
  } finally {
    client.disconnect();
  }
}

describe('Nobody is offered what is taken when a Cluster', () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    [database, cluster] = await Promise.all([createTestDatabase(), startRedisCluster()]);
    scene = await openScene({ databaseUrl: database.connectionString, redisUrl: cluster.url });
    await allAreWell();
  });

  afterAll(async () => {
    await scene.close();
    await Promise.all([cluster.stop(), database.close()]);
  });

  const shopKey = () => `{shop:${scene.shop.id}}`;

  test('moves the slot of the shop from node to node', () =>
    suffer('Cluster resharding', async () => {
      for (let i = 0; i < 5; i++) {
        await cluster.reshard(shopKey());
        await sleep(300);
      }
      const { client } = await cluster.masterOf(shopKey());
      expect(await client.dbsize()).toBeGreaterThan(0);
    }));

  test('replaces the master of the shop, which was killed, by its replica', () =>
    suffer('Cluster failover', async () => {
      const { server, id } = await cluster.masterOf(shopKey());
      await server.kill();
      expect((await cluster.masterOf(shopKey())).id).not.toBe(id);
      await sleep(A_WHILE_MS);
      await server.restart();
    }));
});

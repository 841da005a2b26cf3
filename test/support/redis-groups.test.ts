import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startRedisCluster } from './redis-cluster.ts';
import { startSentinelGroup } from './redis-sentinel.ts';

test('Sentinels fail over to the replica when the master is killed', async () => {
  const group = await startSentinelGroup(async ({ port }) => port);
  await group.leads(group.master.port);
  await group.master.kill();
  await group.leads(group.replica.port);
  const client = new Redis(group.replica.url);
  await expect.poll(() => client.set('written', 'yes').catch(String)).toBe('OK');
  client.disconnect();
  await group.stop();
});

test('a Cluster keeps what it holds where a slot moves and where a master dies', async () => {
  const cluster = await startRedisCluster();
  const before = await cluster.masterOf('{shop}');
  await before.client.set('{shop}:day', 'kept');
  await cluster.reshard('{shop}');
  const after = await cluster.masterOf('{shop}');
  expect(after.id).not.toBe(before.id);
  expect(await after.client.get('{shop}:day')).toBe('kept');
  await after.client.call('wait', 1, 0);
  await after.server.kill();
  const heir = await cluster.masterOf('{shop}');
  expect(heir.id).not.toBe(after.id);
  expect(await heir.client.get('{shop}:day')).toBe('kept');
  await cluster.stop();
});

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { createEmbeddedScene } from '../../support/embedded-scene.ts';
import { startRedisCluster } from '../../support/redis-cluster.ts';
import { startSentinelGroup } from '../../support/redis-sentinel.ts';
import { startRedisServer } from '../../support/redis-server.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { openKilledWriters } from '../faults/killed-writers.ts';
import type { Seat } from '../traffic/booker.ts';
import type { Random } from '../traffic/readers.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import { summary } from '../traffic/tally.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { kindsOf } from '../traffic/verdict.ts';
import { changeRules, changesOf, isMorning } from './changes.ts';
import { clusterFaults, sentinelFaults } from './failovers.ts';
import { endlessly, type Fault, faultsOf } from './faults.ts';

const minutes = Number(process.env.SOAK_MINUTES ?? 1);
const seed = Number(process.env.SOAK_SEED ?? 1);
/** What a fault may lead to may show so much later. */
const AFTERMATH_MS = 6_000;
const [SHORTEST_MS, LONGEST_MS] = [500, 6_000];
/** Of each minute, how much more Sentinels and a Cluster get. */
const SHARE_MS = 9_000;

const random = mulberry32(seed);
const shelf = { days: 7, barbers: ['Ana', 'Ben', 'Cem', 'Dan'] };

/** Faults one after the other while people read and book; nobody books on the last day, or before noon if not told. */
async function suffer(
  title: string,
  ms: number,
  scene: Scene,
  faultsWith: (traffic: Traffic) => readonly Fault[],
  afterwards: (traffic: Traffic) => Promise<void> = async () => {},
  bookable: (seat: Seat) => boolean = () => true,
): Promise<void> {
  const happened = new Map<string, number>();
  const forbidden: string[] = [];
  let now: Fault | undefined;
  let [postgresUntil, serverUntil, changesUntil] = [0, 0, 0];
  const last = scene.shelf.dates.at(-1);
  const traffic = scene.startTraffic({
    readsPerSecond: 260,
    writesPerSecond: 30,
    bookable: (seat) => seat.date !== last && bookable(seat),
    allowedMs: () => (performance.now() < Math.max(postgresUntil, changesUntil) ? 1_000 : 100),
    mayBeCutOff: () => performance.now() < postgresUntil,
    onFailure(status, at) {
      const isAllowed = status === 503 ? at < postgresUntil : status === 0 && at < serverUntil;
      if (!isAllowed)
        forbidden.push(`${status} at ${Math.round(at / 1_000)} s, while: ${now?.name ?? 'nothing'}`);
    },
  });
  traffic.mark();
  const end = performance.now() + ms;
  for (const fault of endlessly(random, faultsWith(traffic))) {
    if (performance.now() > end) break;
    now = fault;
    if (fault.postgres) postgresUntil = Number.POSITIVE_INFINITY;
    if (fault.server) serverUntil = Number.POSITIVE_INFINITY;
    if (fault.changes) changesUntil = Number.POSITIVE_INFINITY;
    const before = traffic.stale.length;
    await fault.run(SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS));
    if (fault.postgres) postgresUntil = performance.now() + AFTERMATH_MS;
    if (fault.server) serverUntil = performance.now() + AFTERMATH_MS;
    if (fault.changes) changesUntil = performance.now() + AFTERMATH_MS;
    happened.set(fault.name, (happened.get(fault.name) ?? 0) + 1);
    now = undefined;
    await sleep(random() * 2_000);
    if (traffic.stale.length > before) console.info(`Stale answers at ${fault.name}`);
  }
  changesUntil = Number.POSITIVE_INFINITY;
  await afterwards(traffic);
  await sleep(AFTERMATH_MS);
  const report = await traffic.stop();
  console.info(`${title}, seed ${seed}. ${summary(report)}`);
  for (const [name, times] of happened) console.info(`  ${times} × ${name}`);
  expect(kindsOf(report.stale)).toEqual({});
  expect(forbidden).toEqual([]);
}

test(`whatever goes wrong for ${minutes} minutes, nothing stale is answered`, async () => {
  const [place, redis] = await Promise.all([createEmbeddedScene(), startRedisServer()]);
  const { connectionString } = await place.start();
  const atRedis = new Redis(redis.url, { retryStrategy: () => 50 });
  atRedis.on('error', () => {});
  const scene = await openScene({ databaseUrl: connectionString, redisUrl: redis.url, random, shelf });
  const killed = await openKilledWriters(connectionString, redis.url);
  const atFirst = await memory(scene, atRedis);
  const restartPostgres = async (downMs: number) => {
    await place.stopAll();
    await sleep(downMs);
    await place.start();
  };
  const last = scene.shelf.dates.at(-1);
  const reserve = scene.seats.filter(({ date }) => date === last);
  await suffer('One Redis', minutes * 60_000, scene, (traffic) => [
    ...faultsOf({ scene, random, redis, console: atRedis, restartPostgres }),
    ...changesOf({ scene, traffic, killed, reserve }),
  ]);
  console.info(`Memory at first: ${atFirst}`);
  console.info(`Memory at last:  ${await memory(scene, atRedis)}`);
  await scene.close();
  atRedis.disconnect();
  await killed.close();
  await Promise.all([place.close(), redis.stop()]);
});

test('nor while Sentinels fail over', async () => {
  const database = await createTestDatabase();
  const group = await startSentinelGroup(async ({ port }) => port);
  const scene = await openScene({
    databaseUrl: database.connectionString,
    redisUrl: group.url,
    random,
    shelf,
  });
  await suffer('Sentinels', minutes * SHARE_MS, scene, () => sentinelFaults(group));
  await scene.close();
  await group.stop();
  await database.close();
});

test('nor while a Cluster moves slots and loses masters, and when rules change at last', async () => {
  const [database, cluster] = await Promise.all([createTestDatabase(), startRedisCluster()]);
  const scene = await openScene({
    databaseUrl: database.connectionString,
    redisUrl: cluster.url,
    random,
    shelf,
  });
  const faults = clusterFaults(cluster, scene, random);
  const finish = (traffic: Traffic) => changeRules(scene, traffic);
  await suffer(
    'Cluster',
    minutes * SHARE_MS,
    scene,
    () => faults,
    finish,
    (seat) => !isMorning(seat),
  );
  await scene.close();
  await cluster.stop();
  await database.close();
});

async function memory(scene: Scene, redis: Redis): Promise<string> {
  const sizes = scene.servers.map(async ({ process: { pid } }, n) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return `server ${n} ${/VmRSS:\s+(\d+ kB)/.exec(status)?.[1] ?? 'unknown'}`;
  });
  const used = /used_memory_human:(\S+)/.exec(await redis.info('memory'))?.[1];
  return [...(await Promise.all(sizes)), `Redis ${used}`].join(', ');
}

/** https://github.com/cprosche/mulberry32: the same numbers for the same seed. */
function mulberry32(start: number): Random {
  let state = start | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

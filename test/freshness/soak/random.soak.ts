import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { createEmbeddedScene } from '../../support/embedded-scene.ts';
import { startRedisServer } from '../../support/redis-server.ts';
import type { Random } from '../traffic/readers.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import { summary } from '../traffic/tally.ts';
import { kindsOf } from '../traffic/verdict.ts';
import { endlessly, type Fault, faultsOf } from './faults.ts';

const minutes = Number(process.env.SOAK_MINUTES ?? 1);
const seed = Number(process.env.SOAK_SEED ?? 1);
/** What a fault may lead to may show so much later. */
const AFTERMATH_MS = 6_000;
const [SHORTEST_MS, LONGEST_MS] = [500, 6_000];

test(`whatever goes wrong for ${minutes} minutes, nothing stale is answered`, async () => {
  const random = mulberry32(seed);
  const [place, redis] = await Promise.all([createEmbeddedScene(), startRedisServer()]);
  const { connectionString } = await place.start();
  const atRedis = new Redis(redis.url, { retryStrategy: () => 50 });
  atRedis.on('error', () => {});
  const shelf = { days: 6, barbers: ['Ana', 'Ben', 'Cem', 'Dan'] };
  const scene = await openScene({ databaseUrl: connectionString, redisUrl: redis.url, random, shelf });
  const atFirst = await memory(scene, atRedis);

  const restartPostgres = async (downMs: number) => {
    await place.stopAll();
    await sleep(downMs);
    await place.start();
  };
  const happened = new Map<string, number>();
  const forbidden: string[] = [];
  let now: Fault | undefined;
  let postgresUntil = 0;
  let serverUntil = 0;
  const traffic = scene.startTraffic({
    readsPerSecond: 260,
    writesPerSecond: 30,
    allowedMs: () => (performance.now() < postgresUntil ? 1_000 : 100),
    mayBeCutOff: () => performance.now() < postgresUntil,
    onFailure(status, at) {
      const isAllowed = status === 503 ? at < postgresUntil : status === 0 && at < serverUntil;
      if (!isAllowed)
        forbidden.push(`${status} at ${Math.round(at / 1_000)} s, while: ${now?.name ?? 'nothing'}`);
    },
  });
  traffic.mark();
  const end = performance.now() + minutes * 60_000;
  for (const fault of endlessly(
    random,
    faultsOf({ scene, random, redis, console: atRedis, restartPostgres }),
  )) {
    if (performance.now() > end) break;
    now = fault;
    if (fault.postgres) postgresUntil = Number.POSITIVE_INFINITY;
    if (fault.server) serverUntil = Number.POSITIVE_INFINITY;
    const before = traffic.stale.length;
    await fault.run(SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS));
    if (fault.postgres) postgresUntil = performance.now() + AFTERMATH_MS;
    if (fault.server) serverUntil = performance.now() + AFTERMATH_MS;
    happened.set(fault.name, (happened.get(fault.name) ?? 0) + 1);
    now = undefined;
    await sleep(random() * 2_000);
    if (traffic.stale.length > before) console.info(`Stale answers at ${fault.name}`);
  }
  const report = await traffic.stop();
  const atLast = await memory(scene, atRedis);

  console.info(`Seed ${seed}, ${minutes} minutes. ${summary(report)}`);
  for (const [name, times] of happened) console.info(`  ${times} × ${name}`);
  console.info(`Memory at first: ${atFirst}`);
  console.info(`Memory at last:  ${atLast}`);
  await scene.close();
  atRedis.disconnect();
  await Promise.all([place.close(), redis.stop()]);
  expect(kindsOf(report.stale)).toEqual({});
  expect(forbidden).toEqual([]);
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

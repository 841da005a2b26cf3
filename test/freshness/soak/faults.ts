import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Proxy as TcpProxy } from '../../support/proxy.ts';
import type { RedisServer } from '../../support/redis-server.ts';
import { keepDoing, type Loot, PLANTS, plant, rob } from '../faults/planting.ts';
import { pick, type Random } from '../traffic/readers.ts';
import type { Scene } from '../traffic/scene.ts';

/** What may follow from a fault. */
export interface Fault {
  readonly name: string;
  /** Postgres is away from somebody: 503, and a feed that is a second behind. */
  readonly postgres?: boolean;
  /** Something changes past the servers: they may be a second behind. */
  readonly changes?: boolean;
  /** A server process ends: connections fail. */
  readonly server?: boolean;
  /** Lasts about so long, and ends what it began. */
  readonly run: (lastsMs: number) => Promise<unknown>;
}

export interface World {
  readonly scene: Scene;
  readonly random: Random;
  readonly redis: RedisServer;
  readonly console: Redis;
  readonly restartPostgres: (downMs: number) => Promise<void>;
}

type Disturb = (way: TcpProxy) => unknown;

/** Everything that is done to one Redis, to Postgres and to the servers themselves. */
export function faultsOf(world: World): readonly Fault[] {
  const { scene, random, redis, console, restartPostgres } = world;
  const someone = () => Math.floor(random() * scene.servers.length);
  const waysToRedis = (all: boolean) => {
    const chosen = someone();
    return scene.servers.flatMap((server, n) =>
      server.redis && (all || n === chosen) ? [server.redis] : [],
    );
  };
  const disturb = (ways: readonly TcpProxy[], begin: Disturb, end: Disturb) => async (lastsMs: number) => {
    await Promise.all(ways.map(begin));
    await sleep(lastsMs);
    await Promise.all(ways.map(end));
  };
  const toRedis = (what: string, begin: Disturb, end: Disturb): Fault[] =>
    [true, false].map((all) => ({
      name: `${all ? 'everybody' : 'one server'}: Redis ${what}`,
      run: (lastsMs) => disturb(waysToRedis(all), begin, end)(lastsMs),
    }));
  const toPostgres = (what: string, begin: Disturb, end: Disturb): Fault => ({
    name: `one server: Postgres ${what}`,
    postgres: true,
    run: (lastsMs) =>
      disturb(
        scene.servers
          .slice(0, 1 + someone())
          .slice(-1)
          .map(({ postgres }) => postgres),
        begin,
        end,
      )(lastsMs),
  });
  const configured = (name: string, set: Record<string, string>, unset: Record<string, string>): Fault => ({
    name: `Redis ${name}`,
    async run(lastsMs) {
      for (const [key, value] of Object.entries(set)) await console.config('SET', key, value);
      await sleep(lastsMs);
      for (const [key, value] of Object.entries(unset)) await console.config('SET', key, value);
    },
  });
  let loot: Loot = new Map();
  let saved = false;
  const snapshot = join(redis.dir, 'old.rdb');

  return [
    ...toRedis(
      'is cut off',
      (way) => way.refuse(),
      (way) => way.listen(),
    ),
    ...toRedis(
      'is half open',
      (way) => way.mute(),
      (way) => way.unmute(),
    ),
    ...toRedis(
      'hears, and is not heard',
      (way) => way.mute('answers'),
      (way) => way.unmute(),
    ),
    ...toRedis(
      'executes late',
      (way) => way.freeze(),
      (way) => way.thaw(),
    ),
    ...toRedis(
      'is 200 ms slower',
      (way) => way.delay(200),
      (way) => way.delay(0),
    ),
    {
      name: 'Redis stands still',
      async run(lastsMs) {
        redis.pause();
        await sleep(lastsMs);
        redis.resume();
      },
    },
    {
      name: 'Redis is killed and comes back empty',
      async run(lastsMs) {
        await redis.kill();
        await sleep(lastsMs);
        await redis.restart();
      },
    },
    {
      // The snapshot of the last time, which is minutes old.
      name: 'Redis comes back from an old snapshot',
      async run(lastsMs) {
        await console.save();
        const dump = join(redis.dir, 'dump.rdb');
        const next = join(redis.dir, 'next.rdb');
        await copyFile(dump, next);
        if (saved) await copyFile(snapshot, dump);
        await sleep(lastsMs / 2);
        await redis.restart();
        if (!saved) await copyFile(next, snapshot);
        saved = random() < 0.7;
        await sleep(lastsMs / 2);
      },
    },
    { name: 'FLUSHALL', run: (lastsMs) => keepDoing(lastsMs, () => console.flushall()) },
    {
      name: 'CLIENT KILL',
      run: (lastsMs) =>
        keepDoing(lastsMs, () => console.call('client', 'kill', 'type', 'normal', 'skipme', 'yes'), 200),
    },
    configured('evicts', { 'maxmemory-policy': 'allkeys-random', maxmemory: '1mb' }, { maxmemory: '0' }),
    configured('is full', { 'maxmemory-policy': 'noeviction', maxmemory: '1' }, { maxmemory: '0' }),
    {
      name: 'Redis is the replica of somebody who is gone',
      async run(lastsMs) {
        await console.replicaof('127.0.0.1', 9);
        await sleep(lastsMs);
        await console.replicaof('NO', 'ONE');
      },
    },
    ...Object.entries(PLANTS).map(([what, choose]) => ({
      name: `planted in Redis: ${what}`,
      async run(lastsMs: number) {
        await keepDoing(lastsMs, async () => {
          loot = await rob(console, loot);
          await plant(console, loot, choose);
        });
        loot = new Map([...loot].map(([key, values]) => [key, values.slice(-20)]));
      },
    })),
    toPostgres(
      'refuses it',
      (way) => way.refuse(),
      (way) => way.listen(),
    ),
    toPostgres(
      'says nothing',
      (way) => way.mute(),
      (way) => {
        way.unmute();
        way.cut();
      },
    ),
    toPostgres(
      'throws it off',
      (way) => way.cut(),
      () => {},
    ),
    toPostgres(
      'no longer notifies it',
      (way) => way.forget('freshchair listen'),
      (way) => way.cut('freshchair listen'),
    ),
    toPostgres(
      'no longer answers its polls',
      (way) => way.forget('freshchair poll'),
      () => {},
    ),
    { name: 'Postgres restarts', postgres: true, run: () => restartPostgres(0) },
    { name: 'Postgres is down', postgres: true, run: (lastsMs) => restartPostgres(lastsMs) },
    { name: 'a server is killed and starts anew', server: true, run: () => scene.restart(someone()) },
  ];
}

/** One after the other, in an order of its own each time, so that all of them come. */
export function* endlessly<T>(random: Random, all: readonly T[]): Generator<T, never> {
  for (let left: T[] = []; ; ) {
    if (left.length === 0) left = [...all];
    const next = pick(random, left);
    left.splice(left.indexOf(next), 1);
    yield next;
  }
}

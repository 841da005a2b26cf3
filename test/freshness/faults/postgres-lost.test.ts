import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmbeddedScene, type EmbeddedScene } from '../../support/embedded-scene.ts';
import type { Proxy as TcpProxy } from '../../support/proxy.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { until } from '../../support/waiting.ts';
import { type Read, readDay } from '../traffic/readers.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import type { TrafficOptions } from '../traffic/traffic.ts';
import { expectExact } from '../traffic/verdict.ts';

const [ONE, TWO] = [0, 1];
const A_WHILE_MS = 2_500;
/** So long the promise lets a plain read elsewhere be behind, whatever happens to the feed. */
const WITHIN_A_SECOND: TrafficOptions = { allowedMs: 1_000 };

let place: EmbeddedScene;
let redis: RedisServer;
let scene: Scene;

beforeAll(async () => {
  [place, redis] = await Promise.all([createEmbeddedScene(), startRedisServer()]);
  const { connectionString } = await place.start();
  scene = await openScene({ databaseUrl: connectionString, redisUrl: redis.url });
}, 90_000);

afterAll(async () => {
  await scene.close();
  await Promise.all([place.close(), redis.stop()]);
});

const wayOf = (server: number): TcpProxy => {
  const way = scene.servers[server]?.postgres;
  if (way === undefined) throw new RangeError(`There is no server ${server}`);
  return way;
};

/** A day on which nothing is booked, so that it stays cached. */
const quietDay = () => scene.shelf.dates.at(-1) ?? '';
const quietly: TrafficOptions = { bookable: ({ date }) => date !== quietDay() };

function readQuietDay(server: number): Promise<Read> {
  const client = scene.servers[server]?.client;
  if (client === undefined) throw new RangeError(`There is no server ${server}`);
  return readDay(client, server, quietDay(), scene.shelf.barberIds[0] ?? 0);
}

const isWell = (server: number) =>
  until(async () => {
    const { reply, look } = await readQuietDay(server);
    return reply.status === 200 && look?.degraded === false;
  });

/** Degraded answers of a cached day, as of a moment that stands still. */
async function expectStandingStill(server: number, lastsMs: number): Promise<void> {
  await until(async () => (await readQuietDay(server)).look?.degraded === true);
  const { look } = await readQuietDay(server);
  for (const end = performance.now() + lastsMs; performance.now() < end; await sleep(50)) {
    const again = await readQuietDay(server);
    expect(again.reply.status).toBe(200);
    expect(again.look).toMatchObject({ degraded: true, asOf: look?.asOf });
  }
}

describe('When a server no longer hears of changes, nobody is offered for more than a second what is taken, while', () => {
  const LISTEN = 'freshchair listen';
  const POLL = 'freshchair poll';

  test.each([
    ['its connection that listens is dead', [LISTEN], 'dead'],
    ['its connection that listens is half open', [LISTEN], 'half open'],
    ['its connection that polls is half open', [POLL], 'half open'],
    ['both its connections are dead', [LISTEN, POLL], 'dead'],
  ])('%s', async (name, which, how) => {
    const way = wayOf(TWO);
    const report = await scene.during(
      name,
      async () => {
        if (how === 'dead') way.isolate((opening) => !which.some((one) => opening.includes(one)));
        else for (const one of which) way.forget(one);
        await sleep(A_WHILE_MS);
        way.isolate(undefined);
        for (const one of which) way.cut(one);
        await isWell(TWO);
      },
      { ...WITHIN_A_SECOND, bookOn: [ONE] },
    );
    expectExact(report);
  });
});

/** The network is back, and ends what it has forgotten. */
function reset(way: TcpProxy): void {
  way.unmute();
  way.cut();
}

describe('When one server loses Postgres while others book, it says so, and claims nothing newer, while Postgres', () => {
  test.each([
    ['refuses it', (way: TcpProxy) => way.refuse(), (way: TcpProxy) => way.listen()],
    ['says nothing to it', (way: TcpProxy) => way.mute(), reset],
  ])('%s', async (name, lose, find) => {
    const report = await scene.during(
      `Postgres ${name}`,
      async () => {
        await lose(wayOf(TWO));
        await expectStandingStill(TWO, A_WHILE_MS);
        await find(wayOf(TWO));
        await isWell(TWO);
      },
      { ...WITHIN_A_SECOND, ...quietly, bookOn: [ONE], mayBeCutOff: (server) => server === TWO },
    );
    expectExact(report, { unavailable: true });
    expect(report.writeStatuses).not.toHaveProperty('503');
    expect(report.degraded).toBeGreaterThan(10);
  });
});

describe('When Postgres is away, plain reads of cached days go on, and everybody recovers alone, after it', () => {
  /** Who has just failed to reach Postgres answers from its cache for a moment more, and says so. */
  const options: TrafficOptions = { ...quietly, mayBeCutOff: () => true };
  const allAreWell = () => Promise.all([isWell(ONE), isWell(TWO)]);

  test('was restarted', async () => {
    const report = await scene.during(
      'Postgres restarted',
      async () => {
        await place.stopAll();
        await place.start();
        await allAreWell();
      },
      options,
    );
    expectExact(report, { unavailable: true });
  });

  test('was down for 10 s', async () => {
    const report = await scene.during(
      'Postgres down for 10 s',
      async (traffic) => {
        await place.stopAll();
        const before = traffic.bookings;
        await Promise.all([ONE, TWO].map((server) => expectStandingStill(server, 9_000)));
        // But for those that were acknowledged in its last moment.
        expect(traffic.bookings - before).toBeLessThan(5);
        await place.start();
        await allAreWell();
      },
      options,
    );
    expectExact({ ...report, seconds: report.seconds - 10 }, { unavailable: true });
    expect(report.writeStatuses[503]).toBeGreaterThan(0);
  });
});

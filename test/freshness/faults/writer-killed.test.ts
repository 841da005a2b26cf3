import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import type { Seat } from '../traffic/booker.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import { expectExact } from '../traffic/verdict.ts';
import { type KilledWriters, openKilledWriters } from './killed-writers.ts';

const KILLS = 100;
/** Processes that are started ahead, so that there is always one to be killed. */
const WARM = 3;

let database: TestDatabase;
let redis: RedisServer;
let scene: Scene;
let killed: KilledWriters;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  scene = await openScene({ databaseUrl: database.connectionString, redisUrl: redis.url });
  killed = await openKilledWriters(database.connectionString, redis.url);
});

afterAll(async () => {
  await scene.close();
  await killed.close();
  await Promise.all([redis.stop(), database.close()]);
});

test(`a writer that is killed right after COMMIT, ${KILLS} times, hides its booking from nobody for longer than a second`, async () => {
  const booked = scene.shelf.dates.slice(0, 2);
  const isBooked = ({ date }: Seat) => booked.includes(date);
  const seats = scene.seats.filter((seat) => !isBooked(seat)).slice(0, KILLS);
  const report = await scene.during(
    `killed after COMMIT ${KILLS} times`,
    async (traffic) => {
      const writers = Array.from({ length: WARM }, (_, nth) => killed.start(nth));
      for (const [nth, seat] of seats.entries()) {
        const writer = await writers[nth];
        if (writer === undefined) throw new Error('No writer was started');
        if (nth + WARM < KILLS) writers.push(killed.start(nth + WARM));
        const when = await killed.bookAndDie(writer, seat);
        traffic.gone((one) => one === seat, when);
      }
    },
    { allowedMs: 1_000, bookable: isBooked },
  );
  expectExact(report);
  const stored = await scene.db
    .selectFrom('booking')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guest_name', '=', 'Killed')
    .executeTakeFirstOrThrow();
  expect(Number(stored.count)).toBe(KILLS);
}, 180_000);

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy, type Proxy as TcpProxy } from '../../support/proxy.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import type { Seat } from '../traffic/booker.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import { expectExact } from '../traffic/verdict.ts';

const WRITER = fileURLToPath(new URL('./writer.js', import.meta.url));
const KILLS = 100;
/** Processes that are started ahead, so that there is always one to be killed. */
const WARM = 3;

let database: TestDatabase;
let redis: RedisServer;
let scene: Scene;
/** Of the writers alone. It holds up what Postgres says of a COMMIT of a booking, for ever. */
let way: TcpProxy;
let onCommit = (): void => {};

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  scene = await openScene({ databaseUrl: database.connectionString, redisUrl: redis.url });
  way = await startProxy(database.connectionString);
  way.watch(() => {
    let books = false;
    return {
      asked(chunk) {
        books ||= chunk.includes('insert into "booking"');
      },
      answered(chunk) {
        const isCommitted = books && chunk.includes('COMMIT\0');
        if (isCommitted) onCommit();
        return !isCommitted;
      },
    };
  });
});

afterAll(async () => {
  await scene.close();
  await way.close();
  await Promise.all([redis.stop(), database.close()]);
});

/** Every other one notifies nobody: then the poll alone tells of its booking. */
function startWriter(nth: number): Promise<ChildProcess> {
  const url = new URL(way.connectionString);
  if (nth % 2 === 1) url.searchParams.set('options', '-c freshchair.notify=off');
  const writer = fork(WRITER, [url.href, redis.url]);
  return once(writer, 'message').then(() => writer);
}

/** Books, and is killed with the COMMIT in Postgres and nobody told; answers with when that was. */
async function bookAndDie(writer: ChildProcess, { barberId, start, date }: Seat) {
  const committed = new Promise<{ at: number; wall: number }>((resolve) => {
    onCommit = () => {
      writer.kill('SIGKILL');
      resolve({ at: performance.now(), wall: Date.now() });
    };
  });
  const gone = once(writer, 'exit');
  const answered = once(writer, 'message').then(([answer]) => {
    throw new Error(`It was answered ${JSON.stringify(answer)}`);
  });
  writer.send({ barberId, start, date });
  const when = await Promise.race([committed, answered]);
  await gone;
  return when;
}

test(`a writer that is killed right after COMMIT, ${KILLS} times, hides its booking from nobody for longer than a second`, async () => {
  const booked = scene.shelf.dates.slice(0, 2);
  const isBooked = ({ date }: Seat) => booked.includes(date);
  const seats = scene.seats.filter((seat) => !isBooked(seat)).slice(0, KILLS);
  const report = await scene.during(
    `killed after COMMIT ${KILLS} times`,
    async (traffic) => {
      const writers = Array.from({ length: WARM }, (_, nth) => startWriter(nth));
      for (const [nth, seat] of seats.entries()) {
        const writer = await writers[nth];
        if (writer === undefined) throw new Error('No writer was started');
        if (nth + WARM < KILLS) writers.push(startWriter(nth + WARM));
        const when = await bookAndDie(writer, seat);
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

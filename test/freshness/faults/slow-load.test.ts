import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, test } from 'vitest';
import type { Watcher } from '../../support/proxy-passage.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { momentOf, type Seat } from '../traffic/booker.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import { expectExact } from '../traffic/verdict.ts';

const TIMES = 5;
const MEANWHILE_MS = 200;
const GUEST = { name: 'Ada', email: 'ada@example.com' };

let database: TestDatabase;
let redis: RedisServer;
let scene: Scene;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  scene = await openScene({
    databaseUrl: database.connectionString,
    redisUrl: redis.url,
    watch: delay.watch,
  });
});

afterAll(async () => {
  await scene.close();
  await Promise.all([redis.stop(), database.close()]);
});

/** Holds up what Postgres says of the next load of the day, which has read before then, to whichever server it is. */
const delay = {
  armedFor: undefined as string | undefined,
  onHeld: (_server: number): void => {},
  open: (): void => {},
  /** Resolves when one is held, with the server that loads. */
  hold(day: string): Promise<number> {
    delay.armedFor = day;
    return new Promise((resolve) => {
      delay.onHeld = resolve;
    });
  },
  watch(server: number): ReturnType<Watcher> {
    let isLoad = false;
    return {
      asked(chunk) {
        const { armedFor } = delay;
        isLoad = armedFor !== undefined && chunk.includes('as occupied') && chunk.includes(armedFor);
        if (isLoad) delay.armedFor = undefined;
      },
      answered() {
        if (!isLoad) return true;
        isLoad = false;
        delay.onHeld(server);
        return new Promise((resolve) => {
          delay.open = resolve;
        });
      },
    };
  },
};

test.each(['on another server', 'on the same server'])(
  'a slow load that meets a booking hides it from nobody, %s',
  async (where) => {
    const day = scene.shelf.dates.at(-1) ?? '';
    const isThere = ({ date, booking }: Seat) => date === day && booking === undefined;
    const { id: shopId } = scene.shop;
    const report = await scene.during(
      `a slow load, ${where}`,
      async (traffic) => {
        for (const seat of scene.seats.filter(isThere).slice(0, TIMES)) {
          const { start, barberId: barber_id } = seat;
          const held = delay.hold(day);
          // Now the day is too old everywhere, and somebody loads it.
          await sql`select bump_availability(array[row(${shopId}, ${barber_id}, ${day}::date)::availability_key])`.execute(
            scene.db,
          );
          const loader = await held;
          const writer = where === 'on the same server' ? loader : 1 - loader;
          const body = { start, barber_id, service: 'Haircut', ...GUEST };
          const booked = await scene.servers[writer]?.client.send('POST', '/api/v2/bookings/guest', body);
          if (booked?.status !== 201) throw new Error(`Refused: ${JSON.stringify(booked?.body)}`);
          seat.booking = { id: booked.body.id, headers: { 'x-manage-token': booked.body.manage_token } };
          traffic.gone((other) => other === seat, momentOf(booked), writer);
          await sleep(MEANWHILE_MS);
          delay.open();
          await sleep(MEANWHILE_MS);
        }
      },
      { bookable: ({ date }) => date !== day },
    );
    expectExact(report);
  },
);

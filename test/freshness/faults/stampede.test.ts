import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../src/calendar/time.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { readDay } from '../traffic/readers.ts';
import { openScene, type Scene } from '../traffic/scene.ts';

const READERS = 200;
const TIMES = 5;

let database: TestDatabase;
let redis: RedisServer;
let scene: Scene;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  scene = await openScene({ databaseUrl: database.connectionString, redisUrl: redis.url });
});

afterAll(async () => {
  await scene.close();
  await Promise.all([redis.stop(), database.close()]);
});

test(`2 processes with ${READERS} cold reads of one day each, all at once, load it once`, async () => {
  let loads: { readonly server: number; readonly text: string }[] = [];
  for (const [server, { postgres }] of scene.servers.entries()) {
    postgres.watch(() => ({
      asked(chunk) {
        if (chunk.includes('as occupied')) loads.push({ server, text: chunk.toString('latin1') });
      },
      answered: () => true,
    }));
    // Only new connections are looked at.
    postgres.cut();
  }
  for (const server of scene.servers.keys()) await scene.follows(server);
  const [barberId = 0] = scene.shelf.barberIds;
  const last = scene.shelf.dates.at(-1) ?? '';
  for (let time = 1; time <= TIMES; time++) {
    // A day that nobody has asked for yet.
    const day = addDays(last, time);
    loads = [];
    const reads = await Promise.all(
      [...scene.servers.entries()].flatMap(([server, { client }]) =>
        Array.from({ length: READERS }, () => readDay(client, server, day, barberId)),
      ),
    );
    expect(reads.filter(({ reply }) => reply.status !== 200)).toEqual([]);
    const ofDay = loads.filter(({ text }) => text.includes(day)).map(({ server }) => server);
    expect(ofDay, 'servers that loaded').toHaveLength(1);
  }
});

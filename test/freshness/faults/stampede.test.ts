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
let loads: { readonly server: number; readonly text: string }[] = [];
/** None that an earlier try has asked for. */
let coldDay: string;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  scene = await openScene({
    databaseUrl: database.connectionString,
    redisUrl: redis.url,
    redisDirectly: true,
    watch: (server) => ({
      asked(chunk) {
        if (chunk.includes('as occupied')) loads.push({ server, text: chunk.toString('latin1') });
      },
      answered: () => true,
    }),
  });
  coldDay = scene.shelf.dates.at(-1) ?? '';
});

afterAll(async () => {
  await scene.close();
  await Promise.all([redis.stop(), database.close()]);
});

// Where the machine stalls for longer than Redis's 50 ms, a process rightly loads without it: then once more.
test(`2 processes with ${READERS} cold reads of one day each, all at once, load it once`, {
  retry: 2,
}, async () => {
  const [barberId = 0] = scene.shelf.barberIds;
  for (let time = 0; time < TIMES; time++) {
    coldDay = addDays(coldDay, 1);
    const day = coldDay;
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

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { killServers, serve } from '../cli/freshchair.ts';
import { createShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { openStream } from './event-stream.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createShop(database.db);
});
afterEach(killServers);
afterAll(() => database.close());

test('SIGTERM ends the streams of a real process in order, and the process with them', async () => {
  const server = await serve({ DATABASE_URL: database.connectionString, LOG_LEVEL: 'warn' });
  const url = `${server.url}/api/v2/bookings/stream`;
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(url)));
  expect(await Promise.all(streams.map(({ comment }) => comment()))).toHaveLength(20);
  const { signal, code } = await server.stop('SIGTERM');
  expect({ signal, code }).toEqual({ signal: null, code: 0 });
  expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(Array(20).fill(true));
  expect(server.output()).toMatch(/Stopping …\nStopped\.\n$/);
}, 60_000);

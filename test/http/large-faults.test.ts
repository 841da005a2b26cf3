import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db);
});
afterAll(() => server.close());

test.each([
  [
    'list of empty items',
    { items: Array.from({ length: 15_000 }, () => ({})) },
    '/api/v2/bookings/availability/batch',
  ],
  [
    'crowd of unknown fields',
    Object.fromEntries(Array.from({ length: 4_000 }, (_, i) => [`f${i}`, 1])),
    '/api/v2/bookings/guest',
  ],
])('of a %s a hundred faults are told, and no more', async (_what, body, url) => {
  const answer = await server.send('POST', url, { body });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors.length).toBeGreaterThan(90);
  expect(answer.json().errors.length).toBeLessThan(110);
  expect(answer.body.length).toBeLessThan(64 * 1024);
});

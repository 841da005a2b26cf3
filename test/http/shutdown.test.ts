import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let base: URL;
let arrived: Promise<void>;
let letGo: () => void;

beforeEach(async () => {
  let arrive: () => void;
  arrived = new Promise((resolve) => {
    arrive = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  server = await startTestServer({
    wrap: (bookings) => ({
      ...bookings,
      async getAvailableDays(options) {
        arrive();
        await gate;
        return bookings.getAvailableDays(options);
      },
    }),
  });
  await createShop(server.database.db);
  base = new URL(await server.app.listen({ port: 0, host: '127.0.0.1' }));
});
afterEach(() => server.close());

test('a stop lets what is under way finish, accepts nothing new and does not wait for idle connections', async () => {
  const idle = connect(Number(base.port), base.hostname);
  await once(idle, 'connect');
  const idleClosed = once(idle, 'close');
  const slow = fetch(new URL('/api/v2/bookings/available-days?from=2026-12-01&to=2026-12-02', base));
  await arrived;

  const closed = server.app.close();
  await idleClosed;
  await expect(fetch(new URL('/health/live', base))).rejects.toThrow();
  letGo();
  const answer = await slow;
  expect(answer.status).toBe(200);
  expect(answer.headers.get('connection')).toBe('close');
  expect(await answer.json()).toMatchObject({ days: [{ open: true }, { open: true }] });
  await closed;
});

test('what is not HTTP gets a problem document, with the headers of every response', async () => {
  const socket = connect(Number(base.port), base.hostname);
  socket.write('NONSENSE\r\n\r\n');
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toContain('Content-Type: application/problem+json');
  expect(answer).toContain('X-Cache-Status: available');
  expect(answer).toMatch(/X-Response-Time: \d+\.\d\d\r\n/);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
    status: 400,
    code: 'bad_request',
  });
});

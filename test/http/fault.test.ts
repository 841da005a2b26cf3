import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    wrap: (bookings) => ({
      ...bookings,
      getAvailableDays: () => {
        throw new Error('relation "secret_table" does not exist at host db.internal');
      },
    }),
  });
  await createShop(server.database.db);
});
afterAll(() => server.close());

test('a fault of the server says nothing of what went wrong, and is logged with it in one line', async () => {
  const answer = await server.send('GET', '/api/v2/bookings/available-days?from=2026-11-23&to=2026-11-24');
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'Something went wrong on our side. It has been logged.',
    code: 'internal_error',
  });
  const lines = server.logged().filter(({ msg }) => msg === 'request');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 50,
    status: 500,
    err: { message: expect.stringContaining('secret_table') },
  });
});

test('a request that names tokens and people leaves none of them in the log', async () => {
  const email = 'very.private@example.com';
  const token = await server.signUp(email);
  await server.send('POST', '/api/auth/sign-up/email', {
    body: { name: 'Ada', email, password: 'correct horse' },
  });
  await server.send('POST', '/api/auth/sign-in/email', { body: { email, password: 'wrong horse' } });
  await server.send('GET', `/api/v2/me?shop=${token}`, { token, headers: { cookie: `a=${token}` } });
  await server.send('GET', `/nowhere/${token}?email=${email}`);
  const log = JSON.stringify(server.logged());
  expect(log).not.toContain(email);
  expect(log).not.toContain(token);
  expect(log).not.toContain('horse');
});

test('every request is one line: method, route, status and milliseconds', async () => {
  const before = server.logged().length;
  await server.send('GET', '/api/v2/shop?shop=nowhere');
  const lines = server.logged().slice(before);
  expect(lines).toEqual([
    expect.objectContaining({ method: 'GET', route: '/api/v2/shop', status: 404, ms: expect.any(Number) }),
  ]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;

/** Nobody listens on port 1. */
beforeAll(async () => {
  server = await startTestServer({
    connectionString: 'postgresql://nobody@127.0.0.1:1/nothing',
    cacheAvailable: () => false,
  });
});
afterAll(() => server.close());

const token = 'x'.repeat(32);

test.each([
  ['GET', '/api/v2/shop'],
  ['GET', '/api/v2/bookings/available-slots?target_date=2026-11-23'],
  ['GET', '/api/v2/bookings/next-available'],
  ['GET', '/api/v2/me'],
  ['GET', '/api/v2/bookings'],
  ['POST', '/api/v2/bookings/1/cancel'],
] as const)('%s %s answers 503 with Retry-After', async (method, url) => {
  const answer = await server.send(method, url, { token });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(answer.body).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|nobody/);
});

test('an API key that cannot be looked up is not refused but answered 503', async () => {
  const answer = await server.send('GET', '/api/v2/me', { headers: { 'x-api-key': `fc_${'x'.repeat(64)}` } });
  expect(answer.statusCode).toBe(503);
});

test('the account routes answer 503 in their own format', async () => {
  const body = { email: 'ada@example.com', password: 'correct horse' };
  const answer = await server.send('POST', '/api/auth/sign-in/email', { body });
  expect(answer.statusCode).toBe(503);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(answer.json()).toEqual({ code: 'UNAVAILABLE', message: expect.any(String) });
  expect(answer.headers['cache-control']).toBe('private, no-store');
});

test('health is unhealthy and not ready, but alive', async () => {
  const health = await server.send('GET', '/health');
  expect(health.statusCode).toBe(503);
  expect(health.json()).toMatchObject({
    status: 'unhealthy',
    services: { database: 'unhealthy', cache: 'unavailable' },
  });
  expect((await server.send('GET', '/health/ready')).statusCode).toBe(503);
  expect((await server.send('GET', '/health/live')).statusCode).toBe(200);
});

test('what needs no database still answers: who is nobody, and the documentation', async () => {
  expect((await server.send('GET', '/api/v2/me')).statusCode).toBe(401);
  expect((await server.send('GET', '/docs/')).statusCode).toBe(200);
});

test('the log has a line for each request, and tells why only once', async () => {
  const before = server.logged().length;
  for (let i = 0; i < 3; i++) await server.send('GET', '/api/v2/shop');
  const lines = server.logged();
  expect(lines.slice(before).map(({ msg, status }) => [msg, status])).toEqual(
    Array.from({ length: 3 }, () => ['request', 503]),
  );
  expect(lines.filter(({ msg, err }) => msg === 'request' && err !== undefined)).toHaveLength(1);
});

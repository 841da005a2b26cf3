import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let token: string;
let cacheIsThere = true;

beforeAll(async () => {
  server = await startTestServer({ cacheAvailable: () => cacheIsThere });
  await createShop(server.database.db);
  token = await server.signUp();
});
afterAll(() => server.close());

const REQUESTS: [string, InjectOptions['method'], string][] = [
  ['a page of the catalogue', 'GET', '/api/v2/shop'],
  ['a read of availability', 'GET', '/api/v2/bookings/available-slots?target_date=2026-11-23'],
  ['an unknown path', 'GET', '/nowhere'],
  ['an unknown method', 'DELETE', '/api/v2/shop'],
  ['a path that cannot be decoded', 'GET', '/%'],
  ['a bad request', 'GET', '/api/v2/bookings/available-slots'],
  ['nobody signed in', 'GET', '/api/v2/me'],
  ['a body of no known type', 'POST', '/api/v2/bookings/create'],
  ['an account route', 'GET', '/api/auth/get-session'],
  ['an unknown account route', 'GET', '/api/auth/nothing'],
  ['a failed sign-in', 'POST', '/api/auth/sign-in/email'],
  ['the health of the server', 'GET', '/health'],
  ['the page of the documentation', 'GET', '/docs/'],
  ['the OpenAPI document', 'GET', '/openapi.json'],
  ['a HEAD request', 'HEAD', '/api/v2/shop'],
];

test.each(REQUESTS)('%s carries X-Cache-Status and X-Response-Time', async (_what, method, url) => {
  for (const there of [true, false]) {
    cacheIsThere = there;
    const { headers } = await server.send(method, url);
    expect(headers['x-cache-status']).toBe(there ? 'available' : 'unavailable');
    expect(headers['x-response-time']).toMatch(/^\d+\.\d{2}$/);
  }
});

test('what depends on a token is private and never stored, errors included', async () => {
  const answers: LightMyRequestResponse[] = await Promise.all([
    server.send('GET', '/api/v2/me', { token }),
    server.send('GET', '/api/v2/me'),
    server.send('GET', '/api/v2/bookings', { token }),
    server.send('GET', '/api/v2/bookings/4711', { token }),
    server.send('POST', '/api/v2/bookings/create', { token, body: {} }),
    server.send('POST', '/api/auth/sign-in/email', {
      body: { email: 'x@example.com', password: 'long enough' },
    }),
    server.send('GET', '/api/auth/get-session'),
    server.send('GET', '/api/auth/get-session', { token }),
    server.send('GET', '/api/auth/nothing'),
    server.send('DELETE', '/api/auth/get-session'),
    server.send('POST', '/api/auth/sign-in/email', { body: 'x'.repeat(70_000) }),
  ]);
  for (const { headers } of answers) expect(headers['cache-control']).toBe('private, no-store');
});

test('the documentation may load nothing from elsewhere and is not sent to HTTPS', async () => {
  const { headers } = await server.send('GET', '/docs/');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain('upgrade-insecure-requests');
});

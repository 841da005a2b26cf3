import type { LightMyRequestResponse } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

/** Behind a proxy that says where visitors come from; one that is on its own; one behind a gateway that limits. */
let server: TestServer;
let direct: TestServer;
let unlimited: TestServer;
let token: string;
const HOLD = '/api/v2/bookings/hold';

beforeAll(async () => {
  server = await startTestServer({ rateLimit: true, trustProxy: '127.0.0.1' });
  direct = await startTestServer({ rateLimit: true });
  unlimited = await startTestServer();
  for (const { database } of [server, direct, unlimited]) await createShop(database.db);
  token = await server.signUp();
});
afterAll(() => Promise.all([server, direct, unlimited].map((one) => one.close())));

interface Ask {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: Record<string, string>;
  readonly token?: string;
  readonly on?: TestServer;
}

/** A request that is refused for what it says, so that only its number counts. */
function ask(url: string, from: string, { method = 'POST', headers, on = server, ...extra }: Ask = {}) {
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: { nonsense: true } };
  return on.send(method, url, { ...extra, ...body, headers: { ...headers, 'x-forwarded-for': from } });
}

async function askOften(times: number, send: () => Promise<LightMyRequestResponse>): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await send()).statusCode);
  return statuses;
}

function expectLimited(answer: LightMyRequestResponse, perMinute: number): void {
  expect(answer.statusCode).toBe(429);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(answer.headers['x-ratelimit-limit']).toBe(String(perMinute));
  expect(answer.headers['x-cache-status']).toBe('available');
  expect(answer.headers['x-response-time']).toMatch(/^\d+\.\d\d$/);
}

const manage = { headers: { 'x-manage-token': 'x'.repeat(43) } };

describe('a visitor who asks too often in a minute gets 429 with Retry-After, and others do not', () => {
  const cases: [string, string, number, Ask][] = [
    ['guest bookings', '/api/v2/bookings/guest', 20, {}],
    ['holds', HOLD, 30, {}],
    ['batches', '/api/v2/bookings/availability/batch', 60, {}],
    ['streams', '/api/v2/bookings/stream?target_date=never', 60, { method: 'GET' }],
    ['changes by a manage token', '/api/v2/bookings/1', 120, { ...manage, method: 'PATCH' }],
  ];

  test.each(cases)('%s', async (name, url, perMinute, extra) => {
    const visitor = `${name.length}.0.0.1`;
    const send = (from = visitor) => ask(url, from, extra);
    expect(await askOften(perMinute, send)).not.toContain(429);
    expectLimited(await send(), perMinute);
    expect((await send(`${name.length}.0.0.2`)).statusCode).not.toBe(429);
    expectLimited(await send(), perMinute);
  });

  test('accepting invitations, by the account', async () => {
    const send = (by = token) => ask('/api/v2/invitations/accept', '198.51.100.1', { token: by });
    expect(await askOften(20, send)).not.toContain(429);
    expectLimited(await send(), 20);
    expect((await send(await server.signUp())).statusCode).not.toBe(429);
  });
});

test.each([
  ['sign-in', 'sign-in/email', 30],
  ['sign-up', 'sign-up/email', 30],
  ['asking for a new password', 'request-password-reset', 5],
])('%s is limited, with Retry-After, in the words of the account routes', async (name, path, limit) => {
  const visitor = `198.51.100.${100 + name.length}`;
  const send = (from = visitor) => ask(`/api/auth/${path}`, from);
  expect(await askOften(limit, send)).not.toContain(429);
  const last = await send();
  expect(last.statusCode).toBe(429);
  expect(last.json()).toEqual({ message: expect.any(String) });
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  expect((await send('198.51.100.99')).statusCode).not.toBe(429);
});

describe('one count', () => {
  test('for both names of a route', async () => {
    expect(await askOften(30, () => ask(HOLD, '203.0.113.1'))).not.toContain(429);
    expectLimited(await ask('/api/v2/appointments/hold', '203.0.113.1'), 30);
  });

  test('for all that can be done with a manage token', async () => {
    const visitor = '203.0.113.2';
    const cancel = () => ask('/api/v2/bookings/1/cancel', visitor, manage);
    expect(await askOften(60, cancel)).not.toContain(429);
    expectLimited(await ask('/api/v2/bookings/2/cancel', visitor, manage), 60);
    expectLimited(await ask(`${HOLD}/${'x'.repeat(43)}`, visitor, { method: 'DELETE' }), 60);
  });

  test('for the addresses of one IPv6 network, which one household has', async () => {
    let host = 0;
    expect(await askOften(30, () => ask(HOLD, `2001:db8:0:7::${++host}`))).not.toContain(429);
    expectLimited(await ask(HOLD, '2001:db8:0:7:ffff::1'), 30);
    expect((await ask(HOLD, '2001:db8:0:8::1')).statusCode).not.toBe(429);
  });

  test('for the ports that a proxy adds to an address, and for all that it gives no address of', async () => {
    let port = 1024;
    expect(await askOften(30, () => ask(HOLD, `203.0.113.20:${++port}`))).not.toContain(429);
    expectLimited(await ask(HOLD, '203.0.113.20'), 30);
    const nobody = await askOften(31, () => ask(HOLD, `unknown-${++port}`));
    expect(nobody.lastIndexOf(429)).toBe(30);
    const visitor = () => ask('/api/auth/sign-in/email', `203.0.113.21:${++port}`);
    expect(await askOften(31, visitor)).toContain(429);
    expect((await ask('/api/auth/sign-in/email', '203.0.113.22:1')).statusCode).not.toBe(429);
  });

  test('for an account, wherever it comes from; others at its address have their own', async () => {
    let host = 0;
    expect(await askOften(30, () => ask(HOLD, `192.0.2.${++host}`, { token }))).not.toContain(429);
    expectLimited(await ask(HOLD, '192.0.2.99', { token }), 30);
    expect((await ask(HOLD, '192.0.2.99')).statusCode).not.toBe(429);
    expect((await ask(HOLD, '192.0.2.99', { token: await server.signUp() })).statusCode).not.toBe(429);
  });
});

test('who signed in changes bookings as often as he likes', async () => {
  const change = () => ask('/api/v2/bookings/1', '198.51.100.2', { token, method: 'PATCH' });
  expect(await askOften(65, change)).not.toContain(429);
});

test('reads of availability are not counted', async () => {
  const url = '/api/v2/bookings/available-slots?target_date=never';
  expect(await askOften(100, () => ask(url, '198.51.100.3', { method: 'GET' }))).not.toContain(429);
});

test('X-Forwarded-For is believed only where TRUST_PROXY says so', async () => {
  let host = 0;
  expect(await askOften(30, () => ask(HOLD, `192.0.2.${++host}`, { on: direct }))).not.toContain(429);
  expectLimited(await ask(HOLD, '192.0.2.200', { on: direct }), 30);
});

test('RATE_LIMIT=off turns all of it off', async () => {
  for (const url of [HOLD, '/api/v2/bookings/guest', '/api/v2/bookings/availability/batch'])
    expect(await askOften(65, () => ask(url, '192.0.2.1', { on: unlimited }))).not.toContain(429);
  expect((await ask(HOLD, '192.0.2.1', { on: unlimited })).headers).not.toHaveProperty('x-ratelimit-limit');
});

describe('when the minute is over', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('the count begins anew', async () => {
    expect(await askOften(31, () => ask(HOLD, '203.0.113.9'))).toContain(429);
    vi.advanceTimersByTime(59_000);
    expect((await ask(HOLD, '203.0.113.9')).headers['retry-after']).toBe('1');
    vi.advanceTimersByTime(1_000);
    expect(await askOften(30, () => ask(HOLD, '203.0.113.9'))).not.toContain(429);
  });
});

test('a body of more than 64 kB is not read', async () => {
  const at = (kilobytes: number) => ({ body: { notes: 'x'.repeat(kilobytes * 1024) } });
  for (const url of [HOLD, '/api/v2/bookings/guest', '/api/v2/bookings/availability/batch']) {
    expect((await unlimited.send('POST', url, at(60))).statusCode).toBe(400);
    expect((await unlimited.send('POST', url, at(64))).json()).toMatchObject({ code: 'payload_too_large' });
    expect((await unlimited.send('POST', url, at(1024))).statusCode).toBe(413);
  }
});

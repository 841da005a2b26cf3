import { once } from 'node:events';
import { get, request as httpRequest } from 'node:http';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createShop, type TestShop } from '../support/shop.ts';
import { type EventStream, openStream } from './event-stream.ts';
import { startTestServer, type TestServer } from './server.ts';

const DATE = '2026-11-23';

let server: TestServer;
let base: string;
let shop: TestShop;
let token: string;
const open = new Set<EventStream>();

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db, { barbers: ['Ana', 'Ben'] });
  base = await server.app.listen({ port: 0, host: '127.0.0.1' });
  token = await server.signUp();
});
afterEach(() => {
  for (const stream of open) stream.leave();
  open.clear();
});
afterAll(() => server.close());

async function listen(query = '', from = base): Promise<EventStream> {
  const stream = await openStream(`${from}/api/v2/bookings/stream?${query}`);
  open.add(stream);
  return stream;
}

async function book(time: string, date = DATE): Promise<number> {
  const body = { date, time, service: 'Haircut', barber_id: shop.barberIds[0] };
  const answer = await server.send('POST', '/api/v2/bookings/create', { token, body });
  expect(answer.statusCode).toBe(201);
  return answer.json().id;
}

test.each(['bookings', 'appointments'])(
  'a booking is told under /%s, and what is asked for then shows it',
  async (under) => {
    const [ana] = shop.barberIds;
    const stream = await openStream(`${base}/api/v2/${under}/stream?target_date=${DATE}&barber_id=${ana}`);
    open.add(stream);
    const time = under === 'bookings' ? '10:00' : '10:30';
    await book(time);
    expect(await stream.next()).toEqual({ date: DATE, barber_id: ana, as_of: '2026-11-23T01:00:00.000Z' });
    const url = `/api/v2/bookings/available-slots?target_date=${DATE}&barber_id=${ana}`;
    const { slots } = (await server.send('GET', url)).json();
    expect(slots.find((slot: { time: string }) => slot.time === time)).toMatchObject({ available: false });
  },
);

test('the head keeps proxies from storing, holding back and reusing, and has the headers of every response', async () => {
  const { status, headers, comment } = await listen();
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'close',
    'x-cache-status': 'available',
    'x-response-time': expect.stringMatching(/^\d+\.\d\d$/),
    'x-content-type-options': 'nosniff',
  });
  expect(await comment()).toBe('retry: 3000\n: connected');
});

test('the answer is what the OpenAPI document promises', async () => {
  const answer = await server.send('GET', `/api/v2/bookings/stream?target_date=${DATE}`);
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toBe('retry: 3000\n: connected\n\n');
});

test('HEAD answers with the same head, and ends', async () => {
  const head = httpRequest(`${base}/api/v2/bookings/stream`, { method: 'HEAD', agent: false }).end();
  const [answer] = await once(head, 'response');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({ 'content-type': 'text/event-stream' });
  expect(answer.headers).not.toHaveProperty('content-length');
  answer.resume();
  await once(answer, 'end');
});

test.each([
  ['an impossible date', 'target_date=2026-02-30', 400, '/target_date'],
  ['a shop that is not there', 'shop=nowhere', 404, '/shop'],
  ['a barber who is not there', 'barber_id=4711', 404, '/barber_id'],
  ['a number that no id can be', 'barber_id=99999999999', 400, '/barber_id'],
  ['a field that is not known', 'service=Haircut', 400, '/service'],
])('%s is refused', async (_what, query, status, pointer) => {
  const answer = await server.send('GET', `/api/v2/bookings/stream?${query}`);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json().errors).toMatchObject([{ pointer }]);
});

test('a barber of another shop is not found, and neither is one who has left', async () => {
  const { db } = server.database;
  const other = await createShop(db, { barbers: ['Cleo'] });
  const url = `/api/v2/bookings/stream?shop=${other.slug}&barber_id=`;
  expect((await server.send('GET', url + shop.barberIds[0])).statusCode).toBe(404);
  expect((await server.send('GET', url + other.barberIds[0])).statusCode).toBe(200);
  await sql`update barber set active = false where id = ${other.barberIds[0]}`.execute(db);
  expect((await server.send('GET', url + other.barberIds[0])).statusCode).toBe(404);
});

test('all faults are listed at once', async () => {
  const answer = await server.send('GET', '/api/v2/bookings/stream?target_date=2026-02-30&barber_id=4711');
  expect(answer.json()).toMatchObject({
    status: 400,
    code: 'validation_failed',
    errors: [{ pointer: '/target_date' }, { pointer: '/barber_id' }],
  });
});

test('one line of the log tells of a stream, when its client is gone', async () => {
  const before = server.logged().length;
  const stream = await listen();
  await stream.comment();
  stream.leave();
  const lines = () => server.logged().slice(before);
  while (lines().length === 0) await new Promise(setImmediate);
  expect(lines()).toMatchObject([
    { level: 30, method: 'GET', route: '/api/v2/bookings/stream', status: 200, msg: 'request' },
  ]);
});

describe('between two changes', () => {
  afterEach(() => vi.useRealTimers());

  test('a comment every 15 seconds keeps the connection open', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const [one, two] = [await listen(), await listen(`target_date=${DATE}`)];
    for (const stream of [one, two]) expect(await stream.comment()).toContain(': connected');
    vi.advanceTimersByTime(14_999);
    await book('13:00');
    await Promise.all([one.next(), two.next()]);
    vi.advanceTimersByTime(1);
    for (const stream of [one, two]) expect(await stream.comment()).toBe(': ping');
    vi.advanceTimersByTime(15_000);
    for (const stream of [one, two]) expect(await stream.comment()).toBe(': ping');
    expect(vi.getTimerCount()).toBe(1);
    for (const stream of [one, two]) stream.leave();
    while (vi.getTimerCount() > 0) await new Promise(setImmediate);
  });
});

describe('a visitor', () => {
  let limited: TestServer;
  let url: string;

  beforeAll(async () => {
    limited = await startTestServer({ rateLimit: true });
    await createShop(limited.database.db);
    url = await limited.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => limited.close());

  test('has twenty streams at most, and a place again when one is left', async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, () => listen('', url)));
    expect(streams.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const refused = await listen('', url);
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '30' },
      problem: { code: 'rate_limited' },
    });
    const left = () =>
      limited.logged().some(({ status, route }) => status === 200 && /stream/.test(`${route}`));
    expect(left()).toBe(false);
    streams[0]?.leave();
    while (!left()) await new Promise(setImmediate);
    expect((await listen('', url)).status).toBe(200);
  });
});

describe('when the server stops', () => {
  test('its streams end at once and in order, and so does the server', async () => {
    const stopping = await startTestServer();
    await createShop(stopping.database.db);
    const url = await stopping.app.listen({ port: 0, host: '127.0.0.1' });
    const streams = await Promise.all(Array.from({ length: 50 }, () => listen('', url)));
    await Promise.all(streams.map(({ comment }) => comment()));
    await stopping.app.close();
    expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(Array(50).fill(true));
    await stopping.close();
  });

  test('a stream that is only just asked for is refused', async () => {
    const stopping = await startTestServer();
    await createShop(stopping.database.db);
    const { app } = stopping;
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const arrived = new Promise<void>((resolve) => {
      app.server.once('request', () => resolve());
    });
    // Its shop is looked up while the server begins to close.
    const connection = await stopping.database.pool.connect();
    await connection.query('begin; lock table shop in access exclusive mode');
    const asked = new Promise<number | undefined>((resolve) => {
      get(`${url}/api/v2/bookings/stream`, { agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
    });
    await arrived;
    const closed = app.close();
    while (app.server.listening) await new Promise(setImmediate);
    await connection.query('commit');
    connection.release();
    expect(await asked).toBe(503);
    await closed;
    await stopping.close();
  });
});

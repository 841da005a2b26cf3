import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { answerOf, CREATE, countBookings, isReplayed, keptRows, sendKeyed } from './keyed.ts';

let server: TestServer;
let ada: string;
let eve: string;

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db, { settings: { horizon_days: 90 } });
  ada = await server.signUp();
  eve = await server.signUp();
});
afterAll(() => server.close());

const haircut = (date: string, time = '10:00') => ({ date, time, service: 'Haircut' });

describe('a repeated booking', () => {
  test('gets the first answer again, to the byte, and books nothing', async () => {
    const asked = { key: 'first', token: ada, body: haircut('2026-11-23') };
    const first = await sendKeyed(server, CREATE, asked);
    expect(first.statusCode).toBe(201);
    expect(isReplayed(first)).toBe(false);
    const bookings = await countBookings(server);
    for (let i = 0; i < 3; i++) {
      const repeat = await sendKeyed(server, CREATE, asked);
      expect(answerOf(repeat)).toEqual(answerOf(first));
      expect(isReplayed(repeat)).toBe(true);
      expect(repeat.headers['cache-control']).toBe('private, no-store');
    }
    expect(await countBookings(server)).toBe(bookings);
  });

  test('is one whatever the order of the names, and under the other name of the route', async () => {
    const { date, time, service } = haircut('2026-11-24');
    const first = await sendKeyed(server, CREATE, {
      key: 'order',
      token: ada,
      body: { date, time, service },
    });
    const other = await sendKeyed(server, '/api/v2/appointments/create', {
      key: 'order',
      token: ada,
      body: { service, time, date },
    });
    expect(answerOf(other)).toEqual(answerOf(first));
  });

  test('is another one for another account, though the key is the same', async () => {
    const body = haircut('2026-11-25');
    const first = await sendKeyed(server, CREATE, { key: 'mine', token: ada, body });
    const second = await sendKeyed(server, CREATE, { key: 'mine', token: eve, body });
    expect(first.statusCode).toBe(201);
    expect(second.json().code).toBe('slot_taken');
  });

  test('without the header is made anew, and nothing is kept', async () => {
    const kept = await keptRows(server);
    const body = haircut('2026-11-26');
    expect((await server.send('POST', CREATE, { token: ada, body })).statusCode).toBe(201);
    expect((await server.send('POST', CREATE, { token: ada, body })).statusCode).toBe(409);
    expect(await keptRows(server)).toEqual(kept);
  });
});

describe('the same key with another request', () => {
  test.each([
    ['another body', CREATE, { body: haircut('2026-11-27', '11:00') }],
    ['another query', `${CREATE}?shop=elsewhere`, {}],
    ['another If-Match', CREATE, { headers: { 'if-match': '"1"' } }],
    ['a body that is not valid', CREATE, { body: { nonsense: true } }],
  ])('is a mismatch: %s', async (what, url, difference) => {
    const asked = { key: 'mismatch', token: ada, body: haircut('2026-11-27') };
    const first = await sendKeyed(server, CREATE, asked);
    const other = await sendKeyed(server, url, { ...asked, ...difference });
    expect(other.statusCode, what).toBe(422);
    expect(other.json().code).toBe('idempotency_mismatch');
    expect(answerOf(await sendKeyed(server, CREATE, asked))).toEqual(answerOf(first));
  });

  test('to another route, or about another booking, is another key', async () => {
    const key = 'everywhere';
    const ids: number[] = [];
    for (const time of ['12:00', '13:00']) {
      const made = await server.send('POST', CREATE, { token: ada, body: haircut('2026-11-28', time) });
      ids.push(made.json().id);
    }
    const [one = 0, two = 0] = ids;
    const body = { notes: 'short' };
    const patch = (id: number) =>
      sendKeyed(server, `/api/v2/bookings/${id}`, { key, method: 'PATCH', token: ada, body });
    const cancel = (id: number) => sendKeyed(server, `/api/v2/bookings/${id}/cancel`, { key, token: ada });
    expect((await patch(one)).json()).toMatchObject({ id: one, notes: 'short', version: 2 });
    expect((await patch(one)).json()).toMatchObject({ id: one, version: 2 });
    expect((await patch(two)).json()).toMatchObject({ id: two, notes: 'short' });
    expect((await cancel(one)).json()).toMatchObject({ id: one, status: 'cancelled' });
    expect((await cancel(one)).json()).toMatchObject({ id: one, status: 'cancelled' });
  });
});

describe('a key', () => {
  test.each([
    ['empty', ''],
    ['longer than 255 characters', 'x'.repeat(256)],
    ['not ASCII', 'clé'],
    ['not printable', 'a\tb'],
  ])('that is %s is refused', async (_, key) => {
    const answer = await sendKeyed(server, CREATE, { key, token: ada, body: haircut('2026-12-01') });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer: '/Idempotency-Key', code: 'validation_failed' }]);
  });

  test('may be as short as one character and as long as 255', async () => {
    for (const [i, key] of ['~', `${'x'.repeat(253)} y`].entries()) {
      const body = haircut('2026-12-02', `1${i}:00`);
      expect((await sendKeyed(server, CREATE, { key, token: ada, body })).statusCode).toBe(201);
    }
  });

  test('means nothing to a read', async () => {
    const kept = await keptRows(server);
    const headers = { 'idempotency-key': '' };
    const read = await server.send('GET', '/api/v2/bookings/', { token: ada, headers });
    expect(read.statusCode).toBe(200);
    expect(await keptRows(server)).toEqual(kept);
  });
});

test('a body that nests deeper than any that is taken is refused, not a fault', async () => {
  const body = `{"notes":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
  const headers = { 'content-type': 'application/json' };
  const answer = await sendKeyed(server, CREATE, { key: 'deep', token: ada, body, headers });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().code).toBe('validation_failed');
});

test('every write says in the OpenAPI document that it takes a key, and no read does', async () => {
  const { paths } = JSON.parse((await server.send('GET', '/openapi.json')).body);
  let writes = 0;
  for (const [path, item] of Object.entries<Record<string, Operation>>(paths)) {
    if (!path.startsWith('/api/v2/')) continue;
    for (const [method, { parameters = [], responses }] of Object.entries(item)) {
      const named = parameters.some(({ name }) => name === 'idempotency-key');
      const reads = method === 'get' || path.endsWith('/availability/batch');
      expect([path, method, named]).toEqual([path, method, !reads]);
      if (!reads) expect(Object.keys(responses), path).toContain('422');
      if (!reads) writes++;
    }
  }
  expect(writes).toBeGreaterThan(5);
});

interface Operation {
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: object;
}

describe('after 24 hours', () => {
  const age = (interval: string) =>
    server.database.pool.query('update idempotency_key set created_at = now() - $1::interval', [interval]);

  test('a key is new again, and keeps its new answer', async () => {
    const asked = { key: 'day', token: ada, body: haircut('2026-12-03') };
    const first = await sendKeyed(server, CREATE, asked);
    await age('23 hours 59 minutes');
    expect(answerOf(await sendKeyed(server, CREATE, asked))).toEqual(answerOf(first));
    await age('24 hours 1 second');
    const next = await sendKeyed(server, CREATE, asked);
    expect(next.json().code).toBe('slot_taken');
    expect(isReplayed(next)).toBe(false);
    expect(answerOf(await sendKeyed(server, CREATE, asked))).toEqual(answerOf(next));
  });

  test('answers are deleted in passing, at most 100 for each write', async () => {
    await server.database.pool.query(`
      insert into idempotency_key (scope, route, key, request_hash, created_at)
      select 'anyone', 'POST /old', n::text, '', now() - interval '25 hours' from generate_series(1, 150) as n`);
    const old = async () => (await keptRows(server)).filter(({ route }) => route === 'POST /old').length;
    await sendKeyed(server, CREATE, { key: 'sweep', token: ada, body: {} });
    expect(await old()).toBe(50);
    await sendKeyed(server, CREATE, { key: 'sweep', token: ada, body: {} });
    expect(await old()).toBe(0);
  });
});

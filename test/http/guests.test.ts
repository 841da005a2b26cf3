import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentsOf } from '../support/contents.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

const BOOKINGS = '/api/v2/bookings';
const GUEST = { name: 'Ada', email: 'ada@example.com' };

let server: TestServer;
let shop: TestShop;

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db, { settings: { horizon_days: 30 } });
});
afterAll(() => server.close());

const ask = (time: string, more = {}) =>
  server.send('POST', `${BOOKINGS}/guest`, {
    body: { date: '2026-11-24', time, service: 'Haircut', ...GUEST, ...more },
  });
async function booked(time: string) {
  const answer = await ask(time);
  expect(answer.statusCode).toBe(201);
  const { id, manage_token } = answer.json();
  return { path: `${BOOKINGS}/${id}`, headers: { 'x-manage-token': String(manage_token) } };
}

test('booking answers 201 with the booking, where it is, and the token for it', async () => {
  const answer = await ask('09:00', { phone: '+1 555 0100', notes: 'short, please' });
  expect(answer.statusCode).toBe(201);
  const { id, manage_token } = answer.json();
  expect(answer.json()).toEqual({
    id: expect.any(Number),
    shop: shop.slug,
    status: 'confirmed',
    barber_id: shop.barberIds[0],
    barber_name: 'Ana',
    service: 'Haircut',
    start: '2026-11-24T09:00:00-05:00',
    end: '2026-11-24T09:30:00-05:00',
    date: '2026-11-24',
    time: '09:00',
    timezone: 'America/New_York',
    duration_minutes: 30,
    price: { amount: 3000, currency: 'USD' },
    notes: 'short, please',
    version: 1,
    created_at: expect.any(String),
    manage_token: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(answer.headers.location).toBe(`${BOOKINGS}/${id}`);
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(JSON.stringify(server.logged())).not.toContain(manage_token);
});

test('under its other name it is there as well', async () => {
  const body = { date: '2026-11-24', time: '09:30', service: 'Haircut', ...GUEST };
  const answer = await server.send('POST', '/api/v2/appointments/guest', { body });
  const { id, manage_token } = answer.json();
  expect(answer.headers.location).toBe(`/api/v2/appointments/${id}`);
  const headers = { 'x-manage-token': manage_token };
  expect((await server.send('GET', `${BOOKINGS}/${id}`, { headers })).json().id).toBe(id);
});

describe('with the token as X-Manage-Token', () => {
  test('the booking is seen, moved with its version, and cancelled; its history says guest', async () => {
    const { path, headers } = await booked('10:00');
    const seen = await server.send('GET', path, { headers });
    expect(seen.json()).toMatchObject({ status: 'confirmed', time: '10:00', version: 1 });
    expect(seen.json()).not.toHaveProperty('manage_token');
    const change = { headers: { ...headers, 'if-match': '"1"' }, body: { time: '10:30', notes: 'beard' } };
    expect((await server.send('PATCH', path, change)).json()).toMatchObject({ time: '10:30', version: 2 });
    expect((await server.send('PATCH', path, change)).json()).toMatchObject({ code: 'version_conflict' });
    expect((await server.send('POST', `${path}/cancel`, { headers })).json()).toMatchObject({
      status: 'cancelled',
    });
    const { items } = (await server.send('GET', `${path}/history`, { headers })).json();
    expect(items.map(({ actor }: { actor: object }) => actor)).toEqual(
      Array(3).fill({ role: 'guest', user_id: null }),
    );
  });

  test('neither other bookings nor the say of staff come with it', async () => {
    const { path, headers } = await booked('11:00');
    for (const say of ['complete', 'no-show'])
      expect((await server.send('POST', `${path}/${say}`, { headers })).json()).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    expect((await server.send('GET', BOOKINGS, { headers })).statusCode).toBe(401);
    expect((await server.send('GET', '/api/v2/me', { headers })).statusCode).toBe(401);
  });
});

describe('without the right token', () => {
  const everything = async (path: string, headers: Record<string, string>) => [
    await server.send('GET', path, { headers }),
    await server.send('PATCH', path, { headers, body: { notes: 'mine' } }),
    await server.send('POST', `${path}/cancel`, { headers }),
    await server.send('POST', `${path}/complete`, { headers }),
    await server.send('POST', `${path}/no-show`, { headers }),
    await server.send('GET', `${path}/history`, { headers }),
  ];

  test('nobody is known, 401; with a wrong one or another booking’s it is not found, 404', async () => {
    const { path, headers } = await booked('12:00');
    const other = await booked('12:30');
    const token = headers['x-manage-token'];
    const before = await contentsOf(server.database.db);
    for (const answer of await everything(path, {}))
      expect(answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
    const missing = await server.send('GET', `${BOOKINGS}/2147483647`, { headers });
    for (const wrong of [other.headers['x-manage-token'], `${token}x`, token.toLowerCase(), 'x'])
      for (const answer of await everything(path, { 'x-manage-token': wrong })) {
        expect(answer.statusCode).toBe(404);
        expect(answer.json()).toEqual(missing.json());
      }
    expect(await contentsOf(server.database.db)).toEqual(before);
  });
});

test('every fault is told at once, each with its pointer, and nothing changes', async () => {
  const before = await contentsOf(server.database.db);
  const answer = await ask('10:07', {
    date: '2027-02-30',
    timezone: 'Mars/Base',
    service: 'Perm',
    barber_id: 999_999,
    name: ' ',
    email: 'ada',
    phone: '\t',
    hold_token: 'gone',
  });
  expect(answer.json()).toMatchObject({ status: 400, code: 'validation_failed' });
  expect(
    answer
      .json()
      .errors.map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`)
      .sort(),
  ).toEqual([
    '/barber_id not_found',
    '/date validation_failed',
    '/email validation_failed',
    '/hold_token validation_failed',
    '/name validation_failed',
    '/phone validation_failed',
    '/service unknown_service',
    '/timezone unknown_timezone',
  ]);
  expect(await contentsOf(server.database.db)).toEqual(before);
});

test('a name and an address are needed', async () => {
  const body = { date: '2026-11-24', time: '10:00', service: 'Haircut' };
  const answer = await server.send('POST', `${BOOKINGS}/guest`, { body });
  expect(
    answer
      .json()
      .errors.map(({ pointer }: { pointer: string }) => pointer)
      .sort(),
  ).toEqual(['/email', '/name']);
});

test.each([
  ['emoji', '💈 Zoë 👩🏽‍🦱', '14:00'],
  ['right-to-left letters and marks', '\u200Fمحمد بن سلمان', '14:30'],
])('%s in names and notes are kept as they are', async (_what, name, time) => {
  const answer = await ask(time, { name, notes: name });
  expect(answer.json()).toMatchObject({ notes: name });
  const row = await server.database.db
    .selectFrom('booking')
    .select(['guest_name', 'notes'])
    .where('id', '=', answer.json().id)
    .executeTakeFirst();
  expect(row).toEqual({ guest_name: name, notes: name });
});

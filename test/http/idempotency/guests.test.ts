import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { answerOf, CREATE, countBookings, isReplayed, keptRows, sendKeyed } from './keyed.ts';

let server: TestServer;
const GUEST = '/api/v2/bookings/guest';
const HOLD = '/api/v2/bookings/hold';

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db);
});
afterAll(() => server.close());

const wish = (time: string) => ({ date: '2026-11-24', time, service: 'Haircut' });
const guest = (time: string) => ({ ...wish(time), name: 'Grace Guest', email: 'grace@example.com' });

describe('without an account', () => {
  test('a repeat gets the same booking and the same manage token', async () => {
    const asked = { key: 'guest', body: guest('09:00') };
    const first = await sendKeyed(server, GUEST, asked);
    expect(first.statusCode).toBe(201);
    const repeat = await sendKeyed(server, GUEST, asked);
    expect(answerOf(repeat)).toEqual(answerOf(first));
    expect(repeat.json().manage_token).toBe(first.json().manage_token);
  });

  test('key and body are one: another body is another request', async () => {
    const before = await countBookings(server);
    for (const time of ['10:00', '11:00']) {
      const made = await sendKeyed(server, GUEST, { key: 'again', body: guest(time) });
      expect(made.statusCode).toBe(201);
    }
    expect(await countBookings(server)).toBe(before + 2);
  });

  test('a repeated hold is the same hold, and is released once', async () => {
    const asked = { key: 'hold', body: wish('12:00') };
    const first = await sendKeyed(server, HOLD, asked);
    expect(first.statusCode).toBe(201);
    expect(answerOf(await sendKeyed(server, HOLD, asked))).toEqual(answerOf(first));
    const release = () =>
      sendKeyed(server, `${HOLD}/${first.json().hold_token}`, { key: 'release', method: 'DELETE' });
    expect([(await release()).statusCode, (await release()).statusCode]).toEqual([204, 204]);
  });

  test('a batch is asked anew each time: what it answers goes out of date', async () => {
    const body = { items: [{ service: 'Haircut', start: '2026-11-24T15:00:00-05:00' }] };
    const free = async () => {
      const answer = await sendKeyed(server, '/api/v2/bookings/availability/batch', { key: 'batch', body });
      return answer.json().results[0].available;
    };
    expect(await free()).toBe(true);
    await server.send('POST', GUEST, { body: guest('15:00') });
    expect(await free()).toBe(false);
  });
});

describe('what a guest did', () => {
  test('is told again to whoever has the token, and to nobody else', async () => {
    const made = (await server.send('POST', GUEST, { body: guest('13:00') })).json();
    const other = (await server.send('POST', GUEST, { body: guest('13:30') })).json();
    const cancel = (headers: Record<string, string>) =>
      sendKeyed(server, `/api/v2/bookings/${made.id}/cancel`, { key: 'cancel', headers });
    const first = await cancel({ 'x-manage-token': made.manage_token });
    expect(first.json()).toMatchObject({ id: made.id, status: 'cancelled' });

    const repeat = await cancel({ 'x-manage-token': made.manage_token });
    expect([answerOf(repeat), isReplayed(repeat)]).toEqual([answerOf(first), true]);
    expect((await cancel({ 'x-manage-token': other.manage_token })).statusCode).toBe(404);
    expect((await cancel({})).statusCode).toBe(401);
    const token = await server.signUp();
    expect((await cancel({ authorization: `Bearer ${token}` })).statusCode).toBe(404);
  });

  test('is another request with an account, though key and body are the same', async () => {
    const asked = { key: 'both', body: guest('14:00') };
    expect((await sendKeyed(server, GUEST, asked)).statusCode).toBe(201);
    const token = await server.signUp();
    expect((await sendKeyed(server, GUEST, { ...asked, token })).json().code).toBe('slot_taken');
  });
});

test('what is kept tells nothing to who reads the table: no key, no token, no name, no address', async () => {
  const key = 'a-very-secret-key';
  const made = await sendKeyed(server, GUEST, { key, body: guest('16:00') });
  const { id, manage_token } = made.json();
  const headers = { 'x-manage-token': manage_token };
  await sendKeyed(server, `/api/v2/bookings/${id}/cancel`, { key, headers });
  const hold = await sendKeyed(server, HOLD, { key, body: wish('16:30') });
  const { hold_token } = hold.json();
  await sendKeyed(server, `${HOLD}/${hold_token}`, { key, method: 'DELETE' });
  const token = await server.signUp();
  const notes = 'a private remark';
  await sendKeyed(server, CREATE, { key, token, body: { ...wish('16:30'), notes } });

  const rows = (await keptRows(server)).slice(-5);
  expect(rows.map(({ route, status }) => `${route} ${status}`)).toEqual([
    'POST /api/v2/bookings/guest 201',
    'POST /api/v2/bookings/:id/cancel 200',
    'POST /api/v2/bookings/hold 201',
    'DELETE /api/v2/bookings/hold/:hold_token 204',
    'POST /api/v2/bookings/create 201',
  ]);
  expect(rows.map(({ scope }) => String(scope).replace(/[0-9a-f]{64}$|\d+$/, '…'))).toEqual([
    'anyone',
    'guest:…',
    'anyone',
    'anyone',
    'user:…',
  ]);
  const text = rows.map((row) => readable(row)).join('\n');
  for (const secret of [key, manage_token, hold_token, 'grace@example.com', 'Grace', 'Haircut', notes])
    expect(text).not.toContain(secret);
});

/** All of a row, also what stands in Base64 or bytes. */
function readable(row: Record<string, unknown>): string {
  const response: unknown = row.response;
  const sealed: unknown =
    typeof response === 'object' && response !== null ? Reflect.get(response, 'sealed') : '';
  const bytes = Buffer.from(String(sealed), 'base64').toString('latin1');
  return `${JSON.stringify(row)} ${bytes} ${String(row.request_hash)}`;
}

test('a kept answer that somebody changed in the table is not given', async () => {
  const asked = { key: 'tampered', body: guest('09:30') };
  const made = await sendKeyed(server, GUEST, asked);
  expect(made.statusCode).toBe(201);
  await server.database.pool.query(`
    update idempotency_key
    set response = jsonb_build_object('sealed', overlay(response ->> 'sealed' placing 'AAAA' from 60))`);
  expect((await sendKeyed(server, GUEST, asked)).statusCode).toBe(500);
});

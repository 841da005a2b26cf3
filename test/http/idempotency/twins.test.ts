import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { answerOf, CREATE, countBookings, keptRows, sendKeyed } from './keyed.ts';

let server: TestServer;
let token: string;
const TWINS = 50;

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db, { slug: 'one' });
  await createShop(server.database.db, { slug: 'three', barbers: ['Ana', 'Bea', 'Cleo'] });
  token = await server.signUp();
});
afterAll(() => server.close());

function crowd(send: (i: number) => Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse[]> {
  return Promise.all(Array.from({ length: TWINS }, (_, i) => send(i)));
}

const haircut = (shop: string, time: string) => ({ shop, date: '2026-11-23', time, service: 'Haircut' });

describe(`${TWINS} twins at once`, () => {
  test.each([
    ['one barber', 'one'],
    ['three barbers, each free for one of them', 'three'],
  ])('make one booking and get the same answer, with %s', async (_, shop) => {
    const before = await countBookings(server);
    const asked = { key: `twins ${shop}`, token, body: haircut(shop, '10:00') };
    const answers = await crowd(() => sendKeyed(server, CREATE, asked));
    const [first] = answers.map(answerOf);
    expect(first?.statusCode).toBe(201);
    for (const answer of answers) expect(answerOf(answer)).toEqual(first);
    expect(await countBookings(server)).toBe(before + 1);
  });

  test('with bodies of their own: one of them is done, the others are mismatches', async () => {
    const before = await countBookings(server);
    const answers = await crowd((i) => {
      const body = haircut('three', `1${1 + (i % 5)}:${i % 2 === 0 ? '00' : '30'}`);
      return sendKeyed(server, CREATE, { key: 'unlike', token, body: { ...body, notes: `number ${i}` } });
    });
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([201, ...Array(TWINS - 1).fill(422)]);
    expect(await countBookings(server)).toBe(before + 1);
  });

  test('that are refused are refused with the same words', async () => {
    const asked = { key: 'refused', token, body: haircut('one', '10:00') };
    const answers = await crowd(() => sendKeyed(server, CREATE, asked));
    const [first] = answers.map(answerOf);
    expect(first?.statusCode).toBe(409);
    for (const answer of answers) expect(answerOf(answer)).toEqual(first);
  });

  test('that cancel a booking cancel it once, and none hears that it is cancelled already', async () => {
    const made = await server.send('POST', CREATE, { token, body: haircut('one', '11:00') });
    const cancel = `/api/v2/bookings/${made.json().id}/cancel`;
    const answers = await crowd(() => sendKeyed(server, cancel, { key: 'cancel', token }));
    for (const answer of answers) expect(answer.json()).toMatchObject({ status: 'cancelled', version: 2 });
  });

  test('that come when the first answer has lapsed get one new answer', async () => {
    await server.database.pool.query(`update idempotency_key set created_at = now() - interval '25 hours'`);
    const before = await countBookings(server);
    const asked = { key: 'twins one', token, body: haircut('one', '10:00') };
    const answers = await crowd(() => sendKeyed(server, CREATE, asked));
    const [first] = answers.map(answerOf);
    expect(first?.statusCode).toBe(409);
    for (const answer of answers) expect(answerOf(answer)).toEqual(first);
    expect(await countBookings(server)).toBe(before);
  });
});

test('an answer is kept by the transaction that writes, or not at all', async () => {
  const kept = await keptRows(server);
  const body = haircut('three', '16:00');
  await server.database.pool.query(`
    create function fail_late() returns trigger language plpgsql as $$ begin raise 'planted'; end $$;
    create constraint trigger fail_late after insert on booking deferrable initially deferred
      for each row execute function fail_late()`);
  const first = await sendKeyed(server, CREATE, { key: 'late', token, body });
  expect(first.statusCode).toBe(500);
  expect(await keptRows(server)).toEqual(kept);
  await server.database.pool.query('drop trigger fail_late on booking');
  expect((await sendKeyed(server, CREATE, { key: 'late', token, body })).statusCode).toBe(201);
});

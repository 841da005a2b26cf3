import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, formatInstant, instantsOf } from '../../src/calendar/time.ts';
import { contentsOf } from '../support/contents.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { type Extra, startTestServer, type TestServer } from './server.ts';

const BOOKINGS = '/api/v2/bookings';
// Holds run out by the clock of Postgres, so these days are real ones.
const NOW = new Date().toISOString();
const DAY = addDays(NOW.slice(0, 10), 7);

let server: TestServer;
let ada: string;
let eve: string;

beforeAll(async () => {
  server = await startTestServer({ trustProxy: 'true' });
  server.clock.set(NOW);
  ada = await server.signUp();
  eve = await server.signUp();
});
afterAll(() => server.close());

let addresses = 0;
/** Somebody at an address of their own. */
const visitor = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` });

const wish = ({ slug }: TestShop, time: string) => ({ shop: slug, date: DAY, time, service: 'Haircut' });
const newShop = () => createShop(server.database.db);
const hold = (shop: TestShop, time: string, extra: Extra = { headers: visitor() }) =>
  server.send('POST', `${BOOKINGS}/hold`, { ...extra, body: wish(shop, time) });
async function tokenOf(shop: TestShop, time: string): Promise<string> {
  return (await hold(shop, time)).json().hold_token;
}
const release = (token: string) => server.send('DELETE', `${BOOKINGS}/hold/${token}`);

/** As an instant, which tests of every season can name. */
const startAt = (time: string) =>
  formatInstant(instantsOf('America/New_York', DAY, time)[0] ?? 0, 'America/New_York');

/** The reads of the shop on that day, as a visitor with or without a token sends them. */
async function reads({ slug, barberIds }: TestShop, headers: Record<string, string> = {}) {
  const query = `shop=${slug}&service=Haircut`;
  const items = [{ service: 'Haircut', start: startAt('09:00') }];
  return Promise.all([
    server.send('GET', `${BOOKINGS}/available-slots?${query}&target_date=${DAY}`, { headers }),
    server.send('GET', `${BOOKINGS}/available-slots?${query}&target_date=${DAY}&barber_id=${barberIds[0]}`, {
      headers,
    }),
    server.send('GET', `${BOOKINGS}/available-days?${query}&from=${DAY}&to=${DAY}`, { headers }),
    server.send('GET', `${BOOKINGS}/next-available?${query}&from=${DAY}`, { headers }),
    server.send('POST', `${BOOKINGS}/availability/batch`, { headers, body: { shop: slug, items } }),
  ]);
}

/** What each of the reads says of nine o'clock. */
const atNine = (answers: Awaited<ReturnType<typeof reads>>) => {
  const [any, one, days, next, { results }] = answers.map((answer) => answer.json());
  const free = [any.slots[0].available, one.slots[0].available, results[0].available];
  return [...free, days.days[0].first_free, next.next_available.time];
};

const FREE = [true, true, true, '09:00', '09:00'];
const TAKEN = [false, false, false, '09:30', '09:30'];

test('a hold answers 201 with its token and until when, for nobody else’s eyes', async () => {
  const shop = await newShop();
  const answer = await hold(shop, '10:00');
  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toEqual({
    hold_token: expect.stringMatching(/^[\w-]{43}$/),
    expires_at: expect.any(String),
    barber_id: shop.barberIds[0],
    start: startAt('10:00'),
  });
  expect(answer.headers['cache-control']).toBe('private, no-store');
  const logs = JSON.stringify(server.logged());
  expect(logs).not.toContain(answer.json().hold_token);
});

test('two visitors race for a slot, and many: one wins, the others get 409 slot_taken', async () => {
  const shop = await newShop();
  const answers = await Promise.all(Array.from({ length: 20 }, () => hold(shop, '10:00')));
  const won = answers.filter(({ statusCode }) => statusCode === 201);
  expect(won).toHaveLength(1);
  for (const answer of answers.filter((answer) => answer !== won[0]))
    expect(answer.json()).toMatchObject({ status: 409, code: 'slot_taken' });
});

describe('a held slot', () => {
  test('is booked to others and free to its holder, whatever is asked', async () => {
    const shop = await newShop();
    const token = await tokenOf(shop, '09:00');
    expect(atNine(await reads(shop))).toEqual(TAKEN);
    expect(atNine(await reads(shop, { 'x-hold-token': token }))).toEqual(FREE);
    expect(atNine(await reads(shop, { 'x-hold-token': 'other' }))).toEqual(TAKEN);
  });

  test('read with a token, good or not, is answered private, no-store', async () => {
    const shop = await newShop();
    for (const token of [await tokenOf(shop, '09:00'), 'no-such-token'])
      for (const { statusCode, headers } of await reads(shop, { 'x-hold-token': token })) {
        expect([statusCode, headers['cache-control']]).toEqual([200, 'private, no-store']);
        const url = `${BOOKINGS}/available-slots?shop=${shop.slug}&target_date=${DAY}`;
        const again = { 'x-hold-token': token, 'if-none-match': '*' };
        const unchanged = await server.send('GET', url, { headers: again });
        expect([unchanged.statusCode, unchanged.headers['cache-control']]).toEqual([
          304,
          'private, no-store',
        ]);
      }
    for (const { headers } of await reads(shop)) expect(headers['cache-control']).toBe('no-cache');
  });

  test('is booked with its token, by an account and by a guest, and the hold is gone', async () => {
    const shop = await newShop();
    const guest = { name: 'Ada', email: 'ada@example.com' };
    for (const [path, time, extra, more] of [
      ['create', '10:00', { token: ada }, {}],
      ['guest', '11:00', { headers: visitor() }, guest],
    ] as const) {
      const hold_token = await tokenOf(shop, time);
      const body = { ...wish(shop, time), ...more };
      const without = await server.send('POST', `${BOOKINGS}/${path}`, { ...extra, body });
      expect(without.json()).toMatchObject({ status: 409, code: 'slot_taken' });
      const booked = await server.send('POST', `${BOOKINGS}/${path}`, {
        ...extra,
        body: { ...body, hold_token },
      });
      expect(booked.statusCode).toBe(201);
      expect((await release(hold_token)).statusCode).toBe(404);
    }
  });

  test('is free again as soon as it is released; a second time there is nothing to release', async () => {
    const shop = await newShop();
    const token = await tokenOf(shop, '09:00');
    const first = await release(token);
    expect([first.statusCode, first.body]).toEqual([204, '']);
    expect(atNine(await reads(shop))).toEqual(FREE);
    const second = await release(token);
    expect(second.json()).toMatchObject({
      status: 404,
      code: 'not_found',
      errors: [{ pointer: '/hold_token' }],
    });
  });
});

describe('a token that is good for nothing', () => {
  const tokens: [what: string, token: (shop: TestShop) => Promise<string>][] = [
    ['unknown', async () => 'x'.repeat(43)],
    [
      'tampered with',
      async () => `A${(await tokenOf(await newShop(), '10:00')).slice(1)}`.replace(/.$/, '-'),
    ],
    ['of another shop', async () => tokenOf(await newShop(), '10:00')],
    [
      'expired',
      async (shop) => {
        const token = await tokenOf(shop, '10:00');
        await sql`update booking set lapses_at = clock_timestamp() where shop_id = ${shop.id}`.execute(
          server.database.db,
        );
        return token;
      },
    ],
  ];

  test.each(tokens)('%s: 400 at /hold_token, and nothing changes', async (_what, tokenFor) => {
    const shop = await newShop();
    const body = { ...wish(shop, '10:00'), hold_token: await tokenFor(shop) };
    const before = await contentsOf(server.database.db);
    const answers = [
      await server.send('POST', `${BOOKINGS}/create`, { token: ada, body }),
      await server.send('POST', `${BOOKINGS}/guest`, {
        body: { ...body, name: 'Ada', email: 'ada@example.com' },
      }),
    ];
    for (const answer of answers)
      expect(answer.json()).toMatchObject({
        status: 400,
        code: 'validation_failed',
        errors: [{ pointer: '/hold_token', code: 'validation_failed' }],
      });
    expect(await contentsOf(server.database.db)).toEqual(before);
  });

  test.each(tokens)('%s: 409 slot_taken where somebody took the slot meanwhile', async (_what, tokenFor) => {
    const shop = await newShop();
    const hold_token = await tokenFor(shop);
    await server.send('POST', `${BOOKINGS}/create`, { token: eve, body: wish(shop, '10:00') });
    const body = { ...wish(shop, '10:00'), hold_token };
    const answer = await server.send('POST', `${BOOKINGS}/create`, { token: ada, body });
    expect(answer.json()).toMatchObject({ status: 409, code: 'slot_taken' });
  });
});

describe('one visitor', () => {
  test('has at most two live holds: the third is 429 with Retry-After', async () => {
    const shop = await newShop();
    const headers = visitor();
    const answers = [];
    for (const time of ['10:00', '11:00', '12:00']) answers.push(await hold(shop, time, { headers }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 429]);
    expect(answers[2]?.json().code).toBe('rate_limited');
    const wait = Number(answers[2]?.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(300);
    await release(answers[0]?.json().hold_token);
    expect((await hold(shop, '12:00', { headers })).statusCode).toBe(201);
    expect((await hold(shop, '13:00', { headers: visitor() })).statusCode).toBe(201);
  });

  test('has no more with many requests at once, each for another barber', async () => {
    const { slug, barberIds } = await createShop(server.database.db, {
      barbers: ['Ana', 'Ben', 'Cem', 'Dan'],
    });
    const headers = visitor();
    const body = { shop: slug, date: DAY, time: '09:00', service: 'Haircut' };
    const answers = await Promise.all(
      barberIds.map((barber_id) =>
        server.send('POST', `${BOOKINGS}/hold`, { headers, body: { ...body, barber_id } }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 201, 429, 429]);
  });

  test('with an account is counted by it, wherever it is; without one by the address', async () => {
    const shop = await newShop();
    const headers = visitor();
    const statusOf = async (time: string, extra: Extra) => (await hold(shop, time, extra)).statusCode;
    expect(await statusOf('09:00', { headers, token: ada })).toBe(201);
    expect(await statusOf('09:30', { headers: visitor(), token: ada })).toBe(201);
    expect(await statusOf('10:00', { headers: visitor(), token: ada })).toBe(429);
    expect(await statusOf('10:30', { headers, token: eve })).toBe(201);
    expect(await statusOf('11:00', { headers })).toBe(201);
    expect(await statusOf('11:30', { headers })).toBe(201);
    expect(await statusOf('12:00', { headers })).toBe(429);
    expect(await statusOf('12:30', { headers, token: eve })).toBe(201);
  });
});

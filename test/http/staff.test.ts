import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop, type TestShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';
import { appoint } from './staff.ts';

const STAFF = '/api/v2/staff';
const BOOKINGS = '/api/v2/bookings';
/** A day for each test, so that none is in another's way. */
const DAYS = { calendar: '2026-11-24', own: '2026-11-25', chairs: '2026-11-26', closing: '2026-11-27' };

let server: TestServer;
let shop: TestShop;
let other: TestShop;
let tokens: Record<'admin' | 'owner' | 'ana' | 'ben' | 'chairless' | 'stranger' | 'client', string>;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.database;
  const settings = { notice_minutes: 120, horizon_days: 30, cancellation_notice_minutes: 7 * 24 * 60 };
  shop = await createShop(db, { barbers: ['Ana', 'Ben'], settings });
  other = await createShop(db);
  const [ana, ben] = shop.barberIds;
  tokens = {
    admin: await appoint(server, { shop: shop.id, role: 'admin' }),
    owner: await appoint(server, { role: 'admin' }),
    ana: await appoint(server, { shop: shop.id, role: 'barber', barber: ana ?? 0 }),
    ben: await appoint(server, { shop: shop.id, role: 'barber', barber: ben ?? 0 }),
    chairless: await appoint(server, { shop: shop.id, role: 'barber' }),
    stranger: await appoint(server, { shop: other.id, role: 'admin' }),
    client: await server.signUp(),
  };
});
afterAll(() => server.close());

type Who = keyof typeof tokens;

const book = (who: Who, date: string, time: string, more = {}) =>
  server.send('POST', `${STAFF}/bookings`, {
    token: tokens[who],
    body: { date, time, service: 'Haircut', ...more },
  });
const calendar = (who: Who, query: string) =>
  server.send('GET', `${STAFF}/calendar?${query}`, { token: tokens[who] });
const clients = (who: Who, query: string) =>
  server.send('GET', `${STAFF}/clients?query=${query}`, { token: tokens[who] });
const idsOf = (answer: Awaited<ReturnType<typeof calendar>>) =>
  answer.json().items.map(({ id }: { id: number }) => id);

test('a booking by staff answers 201 with its client, and where it is', async () => {
  const contact = { name: 'Ada', email: 'ada@example.com', phone: '555 0100' };
  const answer = await book('admin', DAYS.calendar, '15:00', { ...contact, barber_id: shop.barberIds[1] });
  expect(answer.statusCode).toBe(201);
  const { id } = answer.json();
  expect(answer.json()).toMatchObject({ barber_name: 'Ben', client: { user_id: null, ...contact } });
  expect(answer.headers.location).toBe(`${BOOKINGS}/${id}`);
  const walkIn = await book('admin', DAYS.calendar, '09:00');
  expect(walkIn.json().client).toBeNull();
  const query = `from=${DAYS.calendar}&to=${DAYS.calendar}`;
  const page = await calendar('admin', query);
  expect(page.json()).toEqual({ items: [walkIn.json(), answer.json()], next_cursor: null });
  const first = (await calendar('owner', `${query}&limit=1`)).json();
  expect(first.items[0].id).toBe(walkIn.json().id);
  expect(idsOf(await calendar('owner', `${query}&cursor=${first.next_cursor}`))).toEqual([id]);
});

test('notice, horizon and the past do not bind staff; overlaps do', async () => {
  const today = { ...(await book('admin', '2026-11-22', '10:00')).json() };
  expect(today).toMatchObject({ date: '2026-11-22', time: '10:00' });
  expect((await book('admin', '2027-03-01', '10:00')).statusCode).toBe(201);
  const barber_id = shop.barberIds[0];
  expect((await book('admin', '2027-03-02', '10:00', { barber_id })).statusCode).toBe(201);
  const again = await book('admin', '2027-03-02', '10:00', { barber_id });
  expect(again.json()).toMatchObject({ status: 409, code: 'slot_taken' });
});

describe('who is no staff here', () => {
  const everything = (token?: string, query = '') => {
    const extra = token === undefined ? {} : { token };
    return Promise.all([
      server.send('GET', `${STAFF}/calendar?from=2026-11-24&to=2026-11-24${query}`, extra),
      server.send('GET', `${STAFF}/clients?query=a${query}`, extra),
      server.send('POST', `${STAFF}/bookings?${query.slice(1)}`, { ...extra, body: { nonsense: true } }),
    ]);
  };

  test('is refused before anything else is looked at', async () => {
    for (const answer of await everything())
      expect(answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
    for (const who of ['client', 'stranger'] as const)
      for (const answer of await everything(tokens[who]))
        expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
    for (const answer of await everything(tokens.admin, `&shop=${other.slug}`))
      expect(answer.statusCode).toBe(403);
    for (const answer of await everything(tokens.admin, '&shop=elsewhere'))
      expect(answer.statusCode).toBe(404);
  });

  test('an owner of all shops is staff everywhere', async () => {
    const answers = await everything(tokens.owner, `&shop=${other.slug}`);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 400]);
  });
});

describe('a barber', () => {
  test('has the own chair: bookings go there, and no other may be named', async () => {
    const [ana, ben] = shop.barberIds;
    const made = await book('ben', DAYS.own, '10:00', { name: 'Bert' });
    expect(made.json()).toMatchObject({ barber_id: ben });
    expect((await book('ben', DAYS.own, '10:00')).json().code).toBe('slot_taken');
    expect((await book('ben', DAYS.own, '11:00', { barber_id: ben })).statusCode).toBe(201);
    for (const barber_id of [ana, other.barberIds[0]])
      expect((await book('ben', DAYS.own, '12:00', { barber_id })).json()).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    expect((await book('chairless', DAYS.own, '12:00')).statusCode).toBe(403);
  });

  test('sees the own calendar and the own clients only', async () => {
    const [ana, ben] = shop.barberIds;
    const query = `from=${DAYS.chairs}&to=${DAYS.chairs}`;
    const mine = (await book('ana', DAYS.chairs, '10:00', { name: 'Anton Only' })).json().id;
    const his = (await book('ben', DAYS.chairs, '10:00', { name: 'Berta Only' })).json().id;
    expect(idsOf(await calendar('ana', query))).toEqual([mine]);
    expect(idsOf(await calendar('ana', `${query}&barber_id=${ana}`))).toEqual([mine]);
    expect((await calendar('ana', `${query}&barber_id=${ben}`)).statusCode).toBe(403);
    expect((await calendar('chairless', query)).statusCode).toBe(403);
    expect(idsOf(await calendar('admin', query))).toEqual([mine, his]);
    expect(idsOf(await calendar('admin', `${query}&barber_id=${ben}`))).toEqual([his]);
    const namesOf = async (who: Who) =>
      (await clients(who, 'only')).json().items.map(({ name }: { name: string }) => name);
    expect(await namesOf('ana')).toEqual(['Anton Only']);
    expect(await namesOf('admin')).toEqual(['Berta Only', 'Anton Only']);
    expect((await clients('chairless', 'only')).statusCode).toBe(403);
  });

  test('of another shop is not found, where an administrator names one', async () => {
    const query = `from=${DAYS.chairs}&to=${DAYS.chairs}&barber_id=${other.barberIds[0]}`;
    const answer = await calendar('admin', query);
    expect(answer.json()).toMatchObject({ status: 404, errors: [{ pointer: '/barber_id' }] });
  });
});

test('clients come with how often they were here and what they had, the newest first', async () => {
  for (const date of ['2026-12-01', '2026-12-02'])
    await book('admin', date, '10:00', { name: 'Zoë % Zäh', phone: '+49 30 1234' });
  const answer = await clients('admin', encodeURIComponent('% zäh'));
  expect(answer.json()).toMatchObject({
    items: [
      {
        user_id: null,
        name: 'Zoë % Zäh',
        email: null,
        phone: '+49 30 1234',
        booking_count: 2,
        bookings: [{ date: '2026-12-02' }, { date: '2026-12-01' }],
      },
    ],
    next_cursor: null,
  });
  expect((await clients('admin', encodeURIComponent('30 12'))).json().items).toHaveLength(1);
  expect((await clients('admin', '')).json().errors).toMatchObject([{ pointer: '/query' }]);
});

test('staff says whether a client was there and overrules the cancellation notice; clients cannot', async () => {
  const make = async (time: string) => {
    const barber_id = shop.barberIds[0];
    const body = { date: DAYS.closing, time, service: 'Haircut', barber_id };
    const { id } = (await server.send('POST', `${BOOKINGS}/create`, { token: tokens.client, body })).json();
    return (who: Who, path: string) =>
      server
        .send('POST', `${BOOKINGS}/${id}/${path}`, { token: tokens[who] })
        .then((answer) => answer.json());
  };
  const say = await make('10:00');
  for (const path of ['complete', 'no-show']) {
    expect(await say('client', path)).toMatchObject({ status: 403, code: 'forbidden' });
    for (const who of ['stranger', 'ben', 'chairless'] as const)
      expect(await say(who, path)).toMatchObject({ status: 404, code: 'not_found' });
  }
  expect(await say('client', 'cancel')).toMatchObject({ status: 409, code: 'too_late_to_cancel' });
  expect(await say('ana', 'complete')).toMatchObject({ status: 'completed', version: 2 });
  expect(await say('ana', 'complete')).toMatchObject({ status: 'completed', version: 2 });
  expect(await say('owner', 'no-show')).toMatchObject({ status: 'no_show', version: 3 });
  const cancel = await make('11:00');
  expect(await cancel('admin', 'cancel')).toMatchObject({ status: 'cancelled' });
  expect(await cancel('ana', 'no-show')).toMatchObject({ status: 409, code: 'already_cancelled' });
});

test('whoever is no client of the shop cannot be booked for by number', async () => {
  const me = (await server.send('GET', '/api/v2/me', { token: tokens.stranger })).json();
  for (const client_id of [me.id, 2_147_483_647])
    expect((await book('admin', '2026-12-03', '10:00', { client_id })).json()).toMatchObject({
      status: 404,
      code: 'not_found',
      errors: [{ pointer: '/client_id' }],
    });
});

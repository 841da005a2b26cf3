import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

const BARBERS = '/api/v2/admin/barbers';
const WEEK = [
  { weekday: 1, opens: '09:00', closes: '17:00' },
  { weekday: 5, opens: '20:00', closes: '02:00' },
];

let server: TestServer;
let shop: TestShop;
let admin: string;
let client: string;
let haircut: number;
let shave: number;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.database;
  shop = await createShop(db, { hours: WEEK, services: { Haircut: [30], Shave: [45], Perm: [90] } });
  haircut = shop.serviceIds.Haircut ?? 0;
  shave = shop.serviceIds.Shave ?? 0;
  await db.updateTable('service').set({ active: false }).where('name', '=', 'Perm').execute();
  admin = await appoint(server, { shop: shop.id, role: 'admin' });
  client = await server.signUp();
});
afterAll(() => server.close());

async function add(body: object) {
  const answer = await server.send('POST', BARBERS, { token: admin, body });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

const patch = (id: number, body: object) => server.send('PATCH', `${BARBERS}/${id}`, { token: admin, body });

const faultsOf = (answer: { json(): { errors: { pointer: string; code: string }[] } }) =>
  answer.json().errors.map(({ pointer, code }) => [pointer, code]);

test('a new barber offers every active service in the opening hours of the shop, unless said otherwise', async () => {
  const ben = await add({ name: '  Ben ' });
  expect(ben).toEqual({
    id: expect.any(Number),
    name: 'Ben',
    active: true,
    services: [
      { service_id: haircut, name: 'Haircut', duration_minutes: null, price: null },
      { service_id: shave, name: 'Shave', duration_minutes: null, price: null },
    ],
    weekly_hours: WEEK,
    account: null,
  });
  const weekly_hours = [{ weekday: 2, opens: '10:00', closes: '24:00' }];
  const own = { service_id: shave, duration_minutes: 20, price: { amount: 4500, currency: 'USD' } };
  const cy = await add({ name: '陈', services: [own], weekly_hours });
  expect(cy).toMatchObject({ name: '陈', services: [{ ...own, name: 'Shave' }], weekly_hours });
  expect((await server.send('GET', `${BARBERS}/${cy.id}`, { token: admin })).json()).toEqual(cy);
});

test('a change replaces what is given and leaves the rest, and clients see it', async () => {
  const { id } = await add({ name: 'Dot' });
  const services = [{ service_id: haircut, duration_minutes: 15, price: null }];
  const answer = await patch(id, { services });
  expect(answer.json()).toMatchObject({
    name: 'Dot',
    services: [{ ...services[0], name: 'Haircut' }],
    weekly_hours: WEEK,
    conflicts: [],
  });
  expect((await patch(id, { name: 'Dora' })).json()).toMatchObject({ name: 'Dora', services: [services[0]] });
  const { items } = (await server.send('GET', '/api/v2/barbers?limit=200')).json();
  const dora = items.find((barber: { id: number }) => barber.id === id);
  expect(dora).toMatchObject({ name: 'Dora', services: [{ name: 'Haircut', duration_minutes: 15 }] });
  expect((await patch(id, { services: [], weekly_hours: [] })).json()).toMatchObject({
    services: [],
    weekly_hours: [],
  });
});

test('all faults of a barber are told at once, and nothing is changed', async () => {
  const { id } = await add({ name: 'Eve' });
  const body = {
    name: ' ',
    services: [
      { service_id: haircut },
      { service_id: haircut },
      { service_id: 999_999 },
      { service_id: shave, price: { amount: 1, currency: 'EUR' } },
    ],
    weekly_hours: [
      { weekday: 1, opens: '09:00', closes: '12:00' },
      { weekday: 1, opens: '11:00', closes: '25:00' },
      { weekday: 1, opens: '11:00', closes: '13:00' },
    ],
  };
  const expected = [
    ['/name', 'validation_failed'],
    ['/services/1/service_id', 'validation_failed'],
    ['/services/2/service_id', 'unknown_service'],
    ['/services/3/price/currency', 'validation_failed'],
    ['/weekly_hours/1/closes', 'validation_failed'],
    ['/weekly_hours/2', 'validation_failed'],
  ];
  const changed = await patch(id, body);
  expect(changed.statusCode).toBe(400);
  expect(faultsOf(changed).sort()).toEqual(expected);
  const count = (await server.send('GET', `${BARBERS}?limit=200`, { token: admin })).json().items.length;
  const added = await server.send('POST', BARBERS, { token: admin, body });
  expect(faultsOf(added).sort()).toEqual(expected);
  const { items } = (await server.send('GET', `${BARBERS}?limit=200`, { token: admin })).json();
  expect(items).toHaveLength(count);
  expect(items.at(-1)).toMatchObject({ id, name: 'Eve', weekly_hours: WEEK });
});

test.each([
  ['nothing', {}],
  ['only the shop', { shop: 'shop-1' }],
  ['an unknown field', { name: 'Fay', colour: 'red' }],
  ['another account', { account: 7 }],
  ['a price beyond what can be kept', { services: [{ service_id: 1, price: { amount: 2_147_483_648 } }] }],
  ['a negative price', { services: [{ service_id: 1, price: { amount: -1 } }] }],
  ['a service that takes a fraction of a minute', { services: [{ service_id: 1, duration_minutes: 7.5 }] }],
  ['an id that no table has', { services: [{ service_id: 99_999_999_999 }] }],
  ['a name with a NUL', { name: 'F\u0000' }],
])('a change to %s is refused', async (_what, body) => {
  const answer = await patch(shop.barberIds[0] ?? 0, 'shop' in body ? { shop: shop.slug } : body);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().code).toBe('validation_failed');
});

test('retiring a barber tells which bookings are left without one, and ends new ones', async () => {
  const { id } = await add({ name: 'Gus', weekly_hours: [{ weekday: 1, opens: '09:00', closes: '17:00' }] });
  const slot = { date: '2026-11-30', time: '10:00', service: 'Haircut', barber_id: id };
  const made = await server.send('POST', '/api/v2/bookings/create', { token: client, body: slot });
  expect(made.statusCode).toBe(201);
  const retired = (await patch(id, { active: false })).json();
  expect(retired.active).toBe(false);
  expect(retired.conflicts).toMatchObject([{ id: made.json().id, client: { name: 'Ada' } }]);
  const again = await server.send('POST', '/api/v2/bookings/create', {
    token: client,
    body: { ...slot, time: '11:00' },
  });
  expect(again.json().code).toBe('not_found');
  expect((await patch(id, { active: true })).json()).toMatchObject({ active: true, conflicts: [] });
  const deleted = await server.send('DELETE', `${BARBERS}/${id}`, { token: admin });
  expect([deleted.statusCode, deleted.body]).toEqual([204, '']);
  const shown = await server.send('GET', `${BARBERS}/${id}`, { token: admin });
  expect(shown.json()).toMatchObject({ name: 'Gus', active: false });
});

test('unlinking an account takes the role of a barber away, but not that of an administrator', async () => {
  for (const role of ['barber', 'admin'] as const) {
    const { id } = await add({ name: 'Hal' });
    const token = await appoint(server, { shop: shop.id, role, barber: id });
    const me = (await server.send('GET', '/api/v2/me', { token })).json();
    const account = { user_id: me.id, name: 'Ada', email: me.email };
    expect((await server.send('GET', `${BARBERS}/${id}`, { token: admin })).json().account).toEqual(account);
    const unlinked = await patch(id, { account: null });
    expect(unlinked.json()).toMatchObject({ id, account: null, active: true });
    const after = (await server.send('GET', '/api/v2/me', { token })).json();
    expect(after.role).toBe(role === 'admin' ? 'admin' : 'client');
  }
});

test('a retired barber cannot sign in as one any more', async () => {
  const { id } = await add({ name: 'Ida' });
  const token = await appoint(server, { shop: shop.id, role: 'barber', barber: id });
  await server.send('DELETE', `${BARBERS}/${id}`, { token: admin });
  expect((await server.send('GET', `${BARBERS}/${id}/hours`, { token })).statusCode).toBe(403);
});

test('barbers come in pages, retired ones too', async () => {
  const all = (await server.send('GET', `${BARBERS}?limit=200`, { token: admin })).json();
  expect(all.next_cursor).toBeNull();
  const paged: unknown[] = [];
  for (let cursor: number | null = 0; cursor !== null; ) {
    const page = await server.send('GET', `${BARBERS}?limit=2&cursor=${cursor}`, { token: admin });
    paged.push(...page.json().items);
    cursor = page.json().next_cursor;
  }
  expect(paged).toEqual(all.items);
  expect(all.items.some(({ active }: { active: boolean }) => !active)).toBe(true);
});

test('a repeat with the same Idempotency-Key adds no second barber', async () => {
  const headers = { 'idempotency-key': 'one-barber' };
  const body = { name: 'Jo' };
  const [first, second] = [
    await server.send('POST', BARBERS, { token: admin, body, headers }),
    await server.send('POST', BARBERS, { token: admin, body, headers }),
  ];
  expect(second.body).toBe(first.body);
  const { items } = (await server.send('GET', `${BARBERS}?limit=200`, { token: admin })).json();
  expect(items.filter(({ name }: { name: string }) => name === 'Jo')).toHaveLength(1);
});

test('two who change the same barber at once take turns', async () => {
  const { id } = await add({ name: 'Kay' });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      patch(id, { weekly_hours: [{ weekday: 1, opens: '09:00', closes: `1${i}:00` }], services: [] }),
    ),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
  const shown = (await server.send('GET', `${BARBERS}/${id}`, { token: admin })).json();
  expect(shown.weekly_hours).toHaveLength(1);
});

test('only administrators of the shop come near its barbers, and none of another shop’s is found', async () => {
  const other = await createShop(server.database.db, { slug: 'elsewhere' });
  const [ana] = shop.barberIds;
  const url = `${BARBERS}/${ana}`;
  const barber = await appoint(server, { shop: shop.id, role: 'barber', barber: ana ?? 0 });
  const stranger = await appoint(server, { shop: other.id, role: 'admin' });
  const owner = await appoint(server, { role: 'admin' });
  for (const [method, path, body] of [
    ['GET', BARBERS],
    ['POST', BARBERS, { name: 'X' }],
    ['GET', url],
    ['PATCH', url, { name: 'X' }],
    ['DELETE', url],
  ] as const) {
    for (const token of [client, barber, stranger]) {
      const answer = await server.send(method, path, { token, ...(body && { body }) });
      expect(answer.statusCode).toBe(403);
    }
    expect((await server.send(method, path, body && { body })).statusCode).toBe(401);
    if (path === BARBERS) continue;
    for (const token of [stranger, owner]) {
      const answer = await server.send(method, `${path}?shop=elsewhere`, { token, ...(body && { body }) });
      expect(answer.json()).toMatchObject({ code: 'not_found', status: 404 });
    }
  }
  expect((await server.send('GET', url, { token: owner })).json()).toMatchObject({ name: 'Ana' });
});

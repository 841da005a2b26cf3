import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';
import { atOnce } from './crowd.ts';

const DATE = '2026-11-24';

let server: TestServer;
let owner: string;
let client: string;
let shop: TestShop;

beforeAll(async () => {
  server = await startTestServer();
  owner = await appoint(server, { role: 'admin' });
  client = await server.signUp();
});
beforeEach(async () => {
  shop = await createShop(server.database.db, { barbers: ['Ana', 'Ben'] });
});
afterAll(() => server.close());

const at = (path: string) => `/api/v2${path}?shop=${shop.slug}`;
const add = (body: object) =>
  server.send('POST', '/api/v2/admin/services', { token: owner, body: { shop: shop.slug, ...body } });
const change = (id: number | undefined, body: object) =>
  server.send('PATCH', at(`/admin/services/${id}`), { token: owner, body });
const retire = (id: number | undefined) =>
  server.send('DELETE', at(`/admin/services/${id}`), { token: owner });

async function offered(): Promise<string[]> {
  const { items } = (await server.send('GET', at('/services'))).json();
  return items.map(({ name }: { name: string }) => name);
}

const book = (service: string, time: string, barber_id = shop.barberIds[0]) =>
  server.send('POST', '/api/v2/bookings/create', {
    token: client,
    body: { shop: shop.slug, date: DATE, time, service, barber_id },
  });

const pointers = (answer: Awaited<ReturnType<typeof add>>) =>
  answer.json().errors.map(({ pointer }: { pointer: string }) => pointer);

test('a new service is offered by every active barber, and can be booked at once', async () => {
  const { db } = server.database;
  const [ana, ben] = shop.barberIds;
  await db
    .updateTable('barber')
    .set({ active: false })
    .where('id', '=', ben ?? 0)
    .execute();
  const made = await add({ name: ' Beard trim ', duration_minutes: 20, price: { amount: 1500 } });
  expect(made.statusCode).toBe(201);
  expect(made.json()).toEqual({
    id: expect.any(Number),
    name: 'Beard trim',
    duration_minutes: 20,
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
    price: { amount: 1500, currency: 'USD' },
    active: true,
    barber_ids: [ana],
  });
  expect(await offered()).toEqual(['Haircut', 'Beard trim']);
  expect((await book('Beard trim', '09:00')).json()).toMatchObject({
    duration_minutes: 20,
    price: { amount: 1500 },
  });
});

test('who offers a service is as it is said, and others cannot be booked for it', async () => {
  const [ana, ben] = shop.barberIds;
  const body = { name: 'Shave', duration_minutes: 30, price: { amount: 0, currency: 'USD' }, active: true };
  const { id, barber_ids } = (await add({ ...body, barber_ids: [ben] })).json();
  expect(barber_ids).toEqual([ben]);
  expect((await book('Shave', '09:00')).json().code).toBe('unknown_service');
  expect((await change(id, { barber_ids: [ana, ben] })).json().barber_ids).toEqual([ana, ben]);
  expect((await book('Shave', '09:00')).statusCode).toBe(201);
  expect((await change(id, { barber_ids: [] })).json().barber_ids).toEqual([]);
  expect((await book('Shave', '10:00')).json().code).toBe('unknown_service');
});

test('a barber who offered it before keeps the own duration and price', async () => {
  const { db } = server.database;
  const [ana, ben] = shop.barberIds;
  const haircut = shop.serviceIds.Haircut;
  await db
    .updateTable('barber_service')
    .set({ duration_minutes: 45 })
    .where('barber_id', '=', ana ?? 0)
    .execute();
  await change(haircut, { barber_ids: [ana], duration_minutes: 25 });
  await change(haircut, { barber_ids: [ben, ana] });
  expect((await book('Haircut', '09:00')).json().duration_minutes).toBe(45);
  expect((await book('Haircut', '09:00', ben)).json().duration_minutes).toBe(25);
});

test('a retired service cannot be booked, stays on its bookings, and can be brought back', async () => {
  const haircut = shop.serviceIds.Haircut;
  const { id } = (await book('Haircut', '09:00')).json();
  for (const _ of ['once', 'again']) expect((await retire(haircut)).statusCode).toBe(204);
  expect(await offered()).toEqual([]);
  expect((await book('Haircut', '10:00')).json().code).toBe('unknown_service');
  const slots = await server.send(
    'GET',
    `${at('/bookings/available-slots')}&target_date=${DATE}&service=Haircut`,
  );
  expect(slots.json().code).toBe('unknown_service');
  const booking = (await server.send('GET', `/api/v2/bookings/${id}`, { token: client })).json();
  expect(booking).toMatchObject({ service: 'Haircut', status: 'confirmed' });
  const { items } = (await server.send('GET', at('/admin/services'), { token: owner })).json();
  expect(items).toMatchObject([{ id: haircut, active: false, barber_ids: shop.barberIds }]);
  expect((await change(haircut, { active: true })).json()).toMatchObject({ active: true });
  expect((await book('Haircut', '10:00')).statusCode).toBe(201);
});

test('another duration, price or name is for new bookings only', async () => {
  const before = (await book('Haircut', '09:00')).json();
  const changed = await change(shop.serviceIds.Haircut, {
    name: 'Cut & wash',
    duration_minutes: 60,
    buffer_after_minutes: 15,
    price: { amount: 2_147_483_647 },
  });
  expect(changed.json()).toMatchObject({
    name: 'Cut & wash',
    duration_minutes: 60,
    buffer_before_minutes: 0,
  });
  expect((await server.send('GET', `/api/v2/bookings/${before.id}`, { token: client })).json()).toEqual(
    before,
  );
  expect((await book('Haircut', '10:00')).json().code).toBe('unknown_service');
  const after = (await book('Cut & wash', '10:00')).json();
  expect(after).toMatchObject({ duration_minutes: 60, price: { amount: 2_147_483_647, currency: 'USD' } });
});

test('a name is taken in any spelling of upper and lower case, but not from another shop or from itself', async () => {
  const named = (name: string) => add({ name, duration_minutes: 30, price: { amount: 1 } });
  expect((await named('haircut ')).json()).toMatchObject({
    code: 'validation_failed',
    errors: [{ pointer: '/name', detail: 'There is a service "Haircut" already. Choose another name.' }],
  });
  await retire(shop.serviceIds.Haircut);
  expect((await named('HAIRCUT')).json().errors[0].detail).toContain('Bring it back');
  expect((await change(shop.serviceIds.Haircut, { name: 'HAIRCUT' })).json().name).toBe('HAIRCUT');
  const spellings = ['Shave', 'shave', 'SHAVE'].map((name) => () => named(name));
  const made = await atOnce(server, shop.id, spellings);
  expect(made.map(({ statusCode }) => statusCode).sort()).toEqual([201, 400, 400]);
  const other = await createShop(server.database.db, { services: {} });
  const body = { shop: other.slug, name: 'Shave', duration_minutes: 30, price: { amount: 1 } };
  expect((await server.send('POST', '/api/v2/admin/services', { token: owner, body })).statusCode).toBe(201);
});

test('names may have emoji and run from right to left', async () => {
  const made = await add({ name: 'تهذيب اللحية 💈', duration_minutes: 30, price: { amount: 1 } });
  expect(made.json().name).toBe('تهذيب اللحية 💈');
  const half = await add({ name: 'half a pair \ud83d', duration_minutes: 30, price: { amount: 1 } });
  expect(half.statusCode).toBe(201);
});

test('everything that is wrong with a service is said at once, and nothing is written', async () => {
  const other = await createShop(server.database.db);
  const [stranger] = other.barberIds;
  const wrong = await add({
    name: 'HairCut',
    duration_minutes: 30,
    price: { amount: 1, currency: 'EUR' },
    barber_ids: [shop.barberIds[0], stranger],
  });
  expect(wrong.statusCode).toBe(400);
  expect(pointers(wrong)).toEqual(['/name', '/price/currency', '/barber_ids/1']);
  const limits = await add({
    name: ' ',
    duration_minutes: 721,
    buffer_before_minutes: 241,
    buffer_after_minutes: -1,
    price: { amount: 2_147_483_648, tip: 1 },
    barber_ids: [0],
    colour: 'red',
  });
  expect(pointers(limits).sort()).toEqual([
    '/barber_ids/0',
    '/buffer_after_minutes',
    '/buffer_before_minutes',
    '/colour',
    '/duration_minutes',
    '/name',
    '/price/amount',
    '/price/tip',
  ]);
  expect(pointers(await change(shop.serviceIds.Haircut, {}))).toEqual(['']);
  expect(await offered()).toEqual(['Haircut']);
});

test('a service of another shop is not found', async () => {
  const other = await createShop(server.database.db);
  for (const id of [other.serviceIds.Haircut, 2_147_483_647]) {
    expect((await change(id, { name: 'Mine' })).statusCode).toBe(404);
    expect((await retire(id)).statusCode).toBe(404);
  }
});

test('services are for administrators of the shop', async () => {
  const barber = await appoint(server, { shop: shop.id, role: 'barber' });
  const list = (token?: string) => server.send('GET', at('/admin/services'), { ...(token && { token }) });
  expect((await list()).statusCode).toBe(401);
  for (const token of [client, barber]) expect((await list(token)).statusCode).toBe(403);
});

test('an Idempotency-Key adds a service once', async () => {
  const body = { shop: shop.slug, name: 'Once', duration_minutes: 30, price: { amount: 1 } };
  const once = () =>
    server.send('POST', '/api/v2/admin/services', {
      token: owner,
      body,
      headers: { 'idempotency-key': 'once' },
    });
  const answers = [await once(), await once()];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
  expect(answers[1]?.json()).toEqual(answers[0]?.json());
});

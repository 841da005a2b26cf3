import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop, type TestShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

const WEEK = [
  { weekday: 1, opens: '09:00', closes: '17:00' },
  { weekday: 5, opens: '20:00', closes: '02:00' },
  { weekday: 6, opens: '20:00', closes: '24:00' },
];

let server: TestServer;
let shop: TestShop;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.database;
  shop = await createShop(db, {
    slug: 'main',
    hours: WEEK,
    barbers: ['Ana', 'Ben', 'Cy'],
    services: { Haircut: [30], Shave: [45] },
    settings: { notice_minutes: 60, same_day_cutoff: '12:30' },
  });
  await createShop(db, { slug: 'second', barbers: ['Zoe'], timezone: 'Europe/Berlin' });
  const [ana, ben] = shop.barberIds;
  await db
    .updateTable('barber')
    .set({ active: false })
    .where('id', '=', ben ?? 0)
    .execute();
  await db
    .updateTable('barber_service')
    .set({ duration_minutes: 20, price_amount: 4500 })
    .where('barber_id', '=', ana ?? 0)
    .where('service_id', '=', shop.serviceIds.Haircut ?? 0)
    .execute();
  await db
    .updateTable('service')
    .set({ active: false })
    .where('id', '=', shop.serviceIds.Shave ?? 0)
    .execute();
});
afterAll(() => server.close());

test('the shop says when it is open, in its own words for past midnight', async () => {
  const answer = await server.send('GET', '/api/v2/shop');
  expect(answer.json()).toEqual({
    id: shop.id,
    slug: 'main',
    name: 'main',
    timezone: 'America/New_York',
    currency: 'USD',
    slot_duration_minutes: 30,
    notice_minutes: 60,
    horizon_days: 90,
    same_day_cutoff: '12:30',
    cancellation_notice_minutes: 0,
    opening_hours: WEEK,
  });
});

test('services and barbers are those that can be booked, with each barber’s own terms', async () => {
  const services = (await server.send('GET', '/api/v2/services')).json();
  const buffers = { buffer_before_minutes: 0, buffer_after_minutes: 0 };
  const haircut = { id: shop.serviceIds.Haircut, name: 'Haircut', duration_minutes: 30, ...buffers };
  expect(services).toEqual({
    items: [{ ...haircut, price: { amount: 3000, currency: 'USD' } }],
    next_cursor: null,
  });
  const barbers = (await server.send('GET', '/api/v2/barbers')).json();
  const [ana, , cy] = shop.barberIds;
  expect(barbers).toEqual({
    items: [
      {
        id: ana,
        name: 'Ana',
        services: [{ ...haircut, duration_minutes: 20, price: { amount: 4500, currency: 'USD' } }],
        weekly_hours: WEEK,
      },
      {
        id: cy,
        name: 'Cy',
        services: [{ ...haircut, price: { amount: 3000, currency: 'USD' } }],
        weekly_hours: WEEK,
      },
    ],
    next_cursor: null,
  });
});

test('lists come in pages', async () => {
  const first = (await server.send('GET', '/api/v2/barbers?limit=1')).json();
  expect(first.items.map(({ name }: { name: string }) => name)).toEqual(['Ana']);
  const second = (await server.send('GET', `/api/v2/barbers?limit=1&cursor=${first.next_cursor}`)).json();
  expect(second.items.map(({ name }: { name: string }) => name)).toEqual(['Cy']);
  expect(second.next_cursor).toBeNull();
});

test('another shop is meant where its slug is given', async () => {
  expect((await server.send('GET', '/api/v2/shop?shop=second')).json().timezone).toBe('Europe/Berlin');
  const { items } = (await server.send('GET', '/api/v2/barbers?shop=second')).json();
  expect(items.map(({ name }: { name: string }) => name)).toEqual(['Zoe']);
});

test('whoever signs up is a client everywhere; roles are held per shop', async () => {
  const token = await server.signUp('barber@example.com');
  const before = (await server.send('GET', '/api/v2/me', { token })).json();
  expect(before).toMatchObject({ email: 'barber@example.com', name: 'Ada', role: 'client', roles: [] });
  await server.database.db
    .insertInto('shop_role')
    .values({ shop_id: shop.id, user_id: before.id, role: 'barber' })
    .execute();
  const here = (await server.send('GET', '/api/v2/me', { token })).json();
  expect(here).toMatchObject({ role: 'barber', roles: [{ shop: 'main', role: 'barber' }] });
  expect((await server.send('GET', '/api/v2/me?shop=second', { token })).json().role).toBe('client');
});

test('health is public and says that all is well', async () => {
  const timestamp = '2026-11-23T01:00:00.000Z';
  expect((await server.send('GET', '/health')).json()).toEqual({
    status: 'healthy',
    timestamp,
    services: { database: 'healthy', cache: 'healthy' },
  });
  expect((await server.send('GET', '/health/live')).json()).toEqual({ status: 'live', timestamp });
  expect((await server.send('GET', '/health/ready')).json()).toEqual({ status: 'ready', timestamp });
});

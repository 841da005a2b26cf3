import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop, type TestShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

const BATCH = '/api/v2/bookings/availability/batch';

let server: TestServer;
let shop: TestShop;

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db, { settings: { notice_minutes: 60, horizon_days: 30 } });
});
afterAll(() => server.close());

const at = (start: string, more = {}) => ({ service: 'Haircut', start, ...more });
const check = (items: unknown, more = {}) => server.send('POST', BATCH, { body: { items, ...more } });
const faultsOf = (answer: Awaited<ReturnType<typeof check>>) =>
  answer.json().errors.map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`);

test('each item is answered in order, with the reason where it cannot be booked; nobody need sign in', async () => {
  const token = await server.signUp();
  const body = { start: '2026-11-24T10:00:00-05:00', service: 'Haircut' };
  await server.send('POST', '/api/v2/bookings/create', { token, body });
  const answer = await check([
    at('2026-11-24T11:00:00-05:00'),
    at('2026-11-24T10:00:00-05:00', { barber_id: shop.barberIds[0] }),
    at('2026-11-24T16:00:00+01:00'),
    at('2026-11-24T20:00:00-05:00'),
    at('2026-11-24T11:05:00-05:00'),
    at('2026-11-01T11:00:00-05:00'),
    at('2027-11-01T11:00:00-05:00'),
  ]);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({
    results: [
      { available: true },
      { available: false, reason: 'booked' },
      { available: false, reason: 'booked' },
      { available: false, reason: 'outside_hours' },
      { available: false, reason: 'unaligned' },
      { available: false, reason: 'past' },
      { available: false, reason: 'too_far_ahead' },
    ],
    as_of: expect.any(String),
  });
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-cache',
    'cache-status': 'freshchair; fwd=bypass',
  });
});

test('up to a hundred items are taken, and none; more are refused', async () => {
  const items = Array.from({ length: 101 }, () => at('2026-11-24T11:00:00-05:00'));
  expect((await check(items.slice(0, 100))).json().results).toEqual(Array(100).fill({ available: true }));
  expect((await check([])).json().results).toEqual([]);
  expect(faultsOf(await check(items))).toEqual(['/items validation_failed']);
});

test('every fault is told with the place of its item', async () => {
  const good = at('2026-11-24T11:00:00-05:00');
  const answer = await check([
    good,
    at('2027-02-30T11:00:00-05:00'),
    good,
    at('2026-11-24T11:00:00-05:00', { service: 'Perm', barber_id: 999_999 }),
  ]);
  expect(answer.json()).toMatchObject({ status: 400, code: 'validation_failed' });
  expect(faultsOf(answer).sort()).toEqual([
    '/items/1/start validation_failed',
    '/items/3/barber_id not_found',
    '/items/3/service unknown_service',
  ]);
});

test('what has not the right shape is told so, item by item', async () => {
  const answer = await check([at('soon', { barber_id: -1 }), { service: 5, colour: 'red' }, null], {
    limit: 3,
  });
  expect(faultsOf(answer).sort()).toEqual([
    '/items/0/barber_id validation_failed',
    '/items/0/start validation_failed',
    '/items/1/colour validation_failed',
    '/items/1/service validation_failed',
    '/items/1/start validation_failed',
    '/items/2 validation_failed',
    '/limit validation_failed',
  ]);
  expect(faultsOf(await check('all'))).toEqual(['/items validation_failed']);
  expect(faultsOf(await server.send('POST', BATCH, { body: {} }))).toEqual(['/items validation_failed']);
});

test('the shop is named in the body or in the query', async () => {
  const { slug } = await createShop(server.database.db, { services: { Shave: [30] } });
  const items = [at('2026-11-24T11:00:00-05:00', { service: 'Shave' })];
  const both = [
    await check(items, { shop: slug }),
    await server.send('POST', `${BATCH}?shop=${slug}`, { body: { items } }),
  ];
  for (const answer of both) expect(answer.json().results).toEqual([{ available: true }]);
  expect(faultsOf(await check(items))).toEqual(['/items/0/service unknown_service']);
  expect(faultsOf(await check(items, { shop: 'elsewhere' }))).toEqual(['/shop not_found']);
});

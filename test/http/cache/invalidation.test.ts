import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTargets } from '../fuzz/targets.ts';
import { startTestServer, type TestServer } from '../server.ts';

const PATH = '/api/v2/cache/invalidate';

let server: TestServer;
let shop: TestShop;
let token: string;
/** Today and the next seven days, of three barbers; Postgres's clock decides what can be booked. */
const DAYS = 8;

beforeAll(async () => {
  server = await startTestServer();
  await server.following();
  server.clock.set(new Date().toISOString());
  shop = await createShop(server.database.db, { barbers: ['Ana', 'Ben', 'Cem'] });
  token = (await createTargets(server, shop).account({ shop: shop.id, role: 'admin' })).token;
});
afterAll(() => server.close());

beforeEach(async () => {
  await post('/api/v2/cache/warm-up');
  await post('/api/v2/cache/preload');
});

async function post(path: string, body?: object) {
  const answer = await server.send('POST', path, { token, ...(body && { body }) });
  return { status: answer.statusCode, ...answer.json() };
}

/** What a warm-up and a preload have to load. */
async function missing(): Promise<[days: number, others: number]> {
  const days = await post('/api/v2/cache/warm-up');
  const others = await post('/api/v2/cache/preload');
  return [days.stats.cached, others.stats.cached];
}

test('a barber: his days and his hours', async () => {
  expect(await post(`${PATH}/barber/${shop.barberIds[1]}`)).toEqual({
    status: 200,
    message: 'Days and hours of Ben are loaded anew',
    invalidated_keys: DAYS + 1,
  });
  expect(await missing()).toEqual([DAYS, 1]);
});

test('a barber of another shop, or nobody, is not found', async () => {
  const [stranger] = (await createShop(server.database.db)).barberIds;
  for (const id of [stranger, 999_999])
    expect(await post(`${PATH}/barber/${id}`)).toMatchObject({ status: 404, code: 'not_found' });
  expect(await missing()).toEqual([0, 0]);
});

test('a range of dates: those days of everybody', async () => {
  const today = new Date(server.clock.now() - 5 * 3_600_000).toISOString().slice(0, 10);
  const later = new Date(server.clock.now() + 86_400_000).toISOString().slice(0, 10);
  const answer = await post(`${PATH}/date-range`, { start_date: today, end_date: later });
  expect(answer).toMatchObject({ status: 200, message: `Days from ${today} to ${later} are loaded anew` });
  const [days] = await missing();
  expect(days).toBe(answer.invalidated_keys);
  expect(days % 3).toBe(0);
  expect(days).toBeGreaterThanOrEqual(6);
});

test('a range that ends before it begins, or is longer than 90 days, is a fault', async () => {
  const at = (end_date: string) => post(`${PATH}/date-range`, { start_date: '2026-11-23', end_date });
  for (const end of ['2026-11-22', '2027-02-21', 'soon'])
    expect(await at(end)).toMatchObject({ status: 400, code: 'validation_failed' });
  expect(await at('2027-02-20')).toMatchObject({ status: 200 });
});

test('all slots: every day, and with the shop’s version its rules', async () => {
  expect(await post(`${PATH}/all-slots`)).toEqual({
    status: 200,
    message: 'All days are loaded anew',
    invalidated_keys: 3 * DAYS,
  });
  expect(await missing()).toEqual([3 * DAYS, expect.any(Number)]);
});

test('business settings: rules and hours, and what is made of them', async () => {
  expect(await post(`${PATH}/business-settings`)).toEqual({
    status: 200,
    message: 'Settings, services and hours are loaded anew',
    invalidated_keys: 1 + 3,
  });
  // A warm-up needs the rules itself.
  expect(await missing()).toEqual([3 * DAYS, 3]);
});

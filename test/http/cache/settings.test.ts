import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop } from '../../support/shop.ts';
import { createTargets } from '../fuzz/targets.ts';
import { startTestServer, type TestServer } from '../server.ts';

const SETTINGS = '/api/v2/cache/settings';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  const shop = await createShop(server.database.db);
  ({ token } = await createTargets(server, shop).account({ shop: null, role: 'admin' }));
});
afterAll(() => server.close());

async function put(body: object) {
  return server.send('PUT', SETTINGS, { token, body });
}
const get = async () => (await server.send('GET', SETTINGS, { token })).json();

test('a setting is told with its default and when it was set', async () => {
  const untouched = { value: 300, default: 300, updated_at: null };
  expect((await get()).available_slots_ttl).toEqual(untouched);
  const answer = await put({ available_slots_ttl: 1_200 });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({
    available_slots_ttl: { value: 1_200, default: 300, updated_at: expect.any(String) },
    barber_availability_ttl: { value: 3_600, default: 3_600, updated_at: null },
    business_hours_ttl: { value: 86_400, default: 86_400, updated_at: null },
  });
  expect(await get()).toEqual(answer.json());
  expect((await put({ available_slots_ttl: null })).json().available_slots_ttl).toMatchObject({
    value: 300,
    default: 300,
  });
});

test('every fault is told, and nothing is set then', async () => {
  const before = await get();
  const answer = await put({
    available_slots_ttl: 0,
    barber_availability_ttl: 90_000,
    business_hours_ttl: '9',
  });
  expect(answer.statusCode).toBe(400);
  expect(
    answer
      .json()
      .errors.map(({ pointer }: { pointer: string }) => pointer)
      .sort(),
  ).toEqual(['/available_slots_ttl', '/barber_availability_ttl', '/business_hours_ttl']);
  expect((await put({})).json()).toMatchObject({ status: 400, code: 'validation_failed' });
  expect(await get()).toEqual(before);
});

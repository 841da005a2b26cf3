import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop } from '../../support/shop.ts';
import { createTargets } from '../fuzz/targets.ts';
import { startTestServer, type TestServer } from '../server.ts';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  const shop = await createShop(server.database.db);
  ({ token } = await createTargets(server, shop).account({ shop: null, role: 'admin' }));
});
afterAll(() => server.close());

test('advice names each kind’s setting, and follows the lifetime that is set', async () => {
  await server.send('PUT', '/api/v2/cache/settings', { token, body: { available_slots_ttl: 1_000 } });
  const answer = await server.send('GET', '/api/v2/cache/advice', { token });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('private, no-store');
  const { kinds } = answer.json();
  expect(kinds.map((one: { setting: string }) => one.setting)).toEqual([
    'available_slots_ttl',
    'barber_availability_ttl',
    'business_hours_ttl',
  ]);
  expect(kinds[0]).toMatchObject({
    kind: 'days',
    lifetime_seconds: 1_000,
    hit_rate: null,
    options: [500, 1_000, 2_000, 4_000].map((lifetime_seconds) => ({ lifetime_seconds, hit_rate: null })),
    recommendation: { lifetime_seconds: null },
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

let server: TestServer;
let shop: TestShop;
let admin: string;
let barber: string;
let bookingId: number;

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db);
  const [chair = 0] = shop.barberIds;
  admin = await appoint(server, { shop: shop.id, role: 'admin' });
  barber = await appoint(server, { shop: shop.id, role: 'barber', barber: chair });
  const booking = await server.send('POST', '/api/v2/staff/bookings', {
    token: barber,
    body: { date: '2026-11-24', time: '10:00', service: 'Haircut', name: 'Gast', email: 'gast@example.com' },
  });
  bookingId = booking.json().id;
});
afterAll(() => server.close());

/** Whatever a chair is good for. */
async function statuses(): Promise<Record<string, number>> {
  const [chair] = shop.barberIds;
  const found: Record<string, number> = {};
  for (const url of [
    '/api/v2/staff/calendar?from=2026-11-24&to=2026-11-24',
    '/api/v2/staff/clients?query=gast',
    `/api/v2/admin/barbers/${chair}/hours`,
    `/api/v2/bookings/${bookingId}`,
    `/api/v2/bookings/${bookingId}/history`,
  ])
    found[url] = (await server.send('GET', url, { token: barber })).statusCode;
  return found;
}

const setActive = (active: boolean) =>
  server.send('PATCH', `/api/v2/admin/barbers/${shop.barberIds[0]}`, { token: admin, body: { active } });

test('the chair of a barber who has retired gives no rights, until the barber is back', async () => {
  expect(new Set(Object.values(await statuses()))).toEqual(new Set([200]));
  expect((await setActive(false)).statusCode).toBe(200);
  expect(Object.values(await statuses())).toEqual([403, 403, 403, 404, 404]);
  const calendar = await server.send('GET', '/api/v2/staff/calendar?from=2026-11-24&to=2026-11-24', {
    token: barber,
  });
  expect(calendar.json().detail).toBe('Your account has no chair at this shop yet.');
  const cancelled = await server.send('POST', `/api/v2/bookings/${bookingId}/cancel`, { token: barber });
  expect(cancelled.statusCode).toBe(404);
  await setActive(true);
  expect(new Set(Object.values(await statuses()))).toEqual(new Set([200]));
});

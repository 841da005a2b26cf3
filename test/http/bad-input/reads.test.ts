import { afterAll, beforeAll, test } from 'vitest';
import { createShop } from '../../support/shop.ts';
import { type Extra, startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';
import { refuses } from './refusals.ts';

const BOOKINGS = '/api/v2/bookings';

let server: TestServer;
let token: string;
/** A barber of another shop. */
let elsewhere: number;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.database;
  const { id: shop } = await createShop(db);
  elsewhere = (await createShop(db)).barberIds[0] ?? 0;
  token = await appoint(server, { shop, role: 'admin' });
});
afterAll(() => server.close());

test('reads refuse it as well, each by the name of the parameter', async () => {
  const read =
    (url: string, extra: Extra = {}) =>
    () =>
      server.send('GET', url, extra);
  const admin = { token };
  await refuses(server, [
    [
      'slots',
      read(`${BOOKINGS}/available-slots?target_date=2027-02-30`),
      '400 validation_failed, /target_date validation_failed',
    ],
    [
      'slots',
      read(`${BOOKINGS}/available-slots?target_date=2026-11-24&user_timezone=Mars/Base`),
      '400 unknown_timezone, /user_timezone unknown_timezone',
    ],
    [
      'slots',
      read(`${BOOKINGS}/available-slots?target_date=2026-11-24&barber_id=${elsewhere}`),
      '404 not_found, /barber_id not_found',
    ],
    [
      'slots',
      read(`${BOOKINGS}/available-slots?target_date=2026-11-24&barber_id=1e99`),
      '400 validation_failed, /barber_id validation_failed',
    ],
    [
      'days',
      read(`${BOOKINGS}/available-days?from=2026-11-24&to=2027-11-24`),
      '400 validation_failed, /to validation_failed',
    ],
    [
      'days',
      read(`${BOOKINGS}/available-days?from=2026-11-24&to=2026-11-23`),
      '400 validation_failed, /to validation_failed',
    ],
    ['next', read(`${BOOKINGS}/next-available?from=soon`), '400 validation_failed, /from validation_failed'],
    [
      'calendar',
      read('/api/v2/staff/calendar?from=2027-02-30&to=2027-03-01', admin),
      '400 validation_failed, /from validation_failed',
    ],
    [
      'calendar',
      read('/api/v2/staff/calendar?from=2026-01-01&to=2026-12-31', admin),
      '400 validation_failed, /to validation_failed',
    ],
    [
      'calendar',
      read('/api/v2/staff/calendar', admin),
      '400 validation_failed, /from validation_failed, /to validation_failed',
    ],
    [
      'working time',
      read('/api/v2/staff/working-time?from=2026-01-01&to=2026-12-31', admin),
      '400 validation_failed, /to validation_failed',
    ],
    [
      'working time',
      read(`/api/v2/staff/working-time?from=2026-11-24&to=2026-11-24&barber_id=${elsewhere}`, admin),
      '404 not_found, /barber_id not_found',
    ],
    ['clients', read('/api/v2/staff/clients', admin), '400 validation_failed, /query validation_failed'],
    [
      'clients',
      read('/api/v2/staff/clients?query=%00', admin),
      '400 validation_failed, /query validation_failed',
    ],
    [
      'clients',
      read('/api/v2/staff/clients?query=a&limit=0&cursor=-1', admin),
      '400 validation_failed, /cursor validation_failed, /limit validation_failed',
    ],
  ]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop, type TestShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

const CREATE = '/api/v2/bookings/create';
const GUEST = '/api/v2/bookings/guest';

let server: TestServer;
let second: TestShop;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db);
  second = await createShop(server.database.db, { services: { Shave: [30] } });
  token = await server.signUp();
});
afterAll(() => server.close());

async function faults(method: 'POST' | 'PATCH', url: string, body: object, headers = {}) {
  const answer = await server.send(method, url, { token, body, headers });
  expect(answer.statusCode).toBe(400);
  const { errors } = answer.json();
  return errors.map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`).sort();
}

test('faults of path, query, headers and body are told together', async () => {
  const headers = { 'x-manage-token': 'x'.repeat(101) };
  expect(await faults('PATCH', '/api/v2/bookings/0?shoop=main', { service: 5 }, headers)).toEqual([
    '/id validation_failed',
    '/service validation_failed',
    '/shoop validation_failed',
    '/x-manage-token validation_failed',
  ]);
});

test('what has the right shape is judged beside what has not', async () => {
  const body = {
    date: '2027-02-30',
    time: '25:00',
    service: 'Opera',
    barber_id: 4711,
    name: 5,
    email: 'ada',
  };
  expect(await faults('POST', GUEST, body)).toEqual([
    '/barber_id not_found',
    '/date validation_failed',
    '/email validation_failed',
    '/name validation_failed',
    '/service unknown_service',
    '/time validation_failed',
  ]);
});

test('when it is to be is missed only where nothing is said of it', async () => {
  const colour = '/colour validation_failed';
  const create = (body: object) => faults('POST', CREATE, { service: 'Haircut', colour: 'red', ...body });
  expect(await create({})).toEqual([colour, '/date validation_failed']);
  expect(await create({ date: '2026-11-24' })).toEqual([colour, '/time validation_failed']);
  expect(await create({ start: 5 })).toEqual([colour, '/start validation_failed']);
  expect(await create({ date: '2026-11-24', time: 5 })).toEqual([colour, '/time validation_failed']);
  expect(await create({ start: '2026-11-24T10:00:00-05:00' })).toEqual([colour]);
});

test('a change may say only a part of it', async () => {
  const change = (body: object) => faults('PATCH', '/api/v2/bookings/0', body);
  expect(await change({ time: '12:00' })).toEqual(['/id validation_failed']);
  expect(await change({ time: '12:60' })).toEqual(['/id validation_failed', '/time validation_failed']);
  expect(await change({ date: '2027-02-30' })).toEqual(['/date validation_failed', '/id validation_failed']);
  expect(await change({ timezone: 'Mars/Base' })).toEqual([
    '/id validation_failed',
    '/timezone unknown_timezone',
  ]);
});

test('it is judged by the shop that is meant, and not at all where that is unclear', async () => {
  const body = { date: '2026-11-24', time: '10:00', service: 'Shave', barber_id: -1 };
  const barber = '/barber_id validation_failed';
  expect(await faults('POST', CREATE, body)).toEqual([barber, '/service unknown_service']);
  expect(await faults('POST', CREATE, { ...body, shop: second.slug })).toEqual([barber]);
  expect(await faults('POST', `${CREATE}?shop=${second.slug}`, body)).toEqual([barber]);
  expect(await faults('POST', CREATE, { ...body, shop: 5 })).toEqual([barber, '/shop validation_failed']);
  expect(await faults('POST', CREATE, { ...body, shop: 'nowhere' })).toEqual([barber, '/shop not_found']);
});

test('of a body that has no fields nothing but that is said', async () => {
  for (const body of ['[]', '"10:00"', 'null', '7']) {
    const headers = { 'content-type': 'application/json' };
    const answer = await server.send('POST', CREATE, { token, body, headers });
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['']);
  }
});

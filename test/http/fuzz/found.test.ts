import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

let server: TestServer;
let owner: string;

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db);
  owner = await appoint(server, { role: 'admin' });
});
afterAll(() => server.close());

test.each([
  '/api/v2/services?limit=1e309',
  '/api/v2/admin/barbers?cursor=-Infinity',
  '/api/v2/bookings/1e309',
])('a number beyond all numbers is no integer: %s', async (url) => {
  const answer = await server.send('GET', url, { token: owner });
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'validation_failed']);
});

test('a part of the path that is too long is refused as the document says', async () => {
  const url = `/api/v2/admin/barbers/${'x'.repeat(5000)}`;
  expect((await server.send('DELETE', url, { token: owner })).statusCode).toBe(414);
});

test.each([
  '/api/v2/me',
  '/api/v2/admin/barbers/1',
  '/api/v2/admin/barbers/1/overrides/2026-11-24',
  '/api/v2/admin/barbers/1/time-off/1',
  '/api/v2/admin/services/1',
  '/api/v2/admin/closures/1',
])('DELETE %s with a body that is no JSON, or too large, is refused as the document says', async (url) => {
  const headers = { 'content-type': 'text/plain' };
  const asText = await server.send('DELETE', url, { token: owner, headers, body: 'x' });
  const tooLarge = await server.send('DELETE', url, { token: owner, body: { notes: 'n'.repeat(70_000) } });
  expect([asText.statusCode, tooLarge.statusCode]).toEqual([415, 413]);
});

test.each(['sign-up/email', 'sign-in/email', 'sign-out'])(
  'POST /api/auth/%s with a body that is no JSON is refused as the document says',
  async (path) => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await server.send('POST', `/api/auth/${path}`, { headers, body: 'x' });
    expect(answer.statusCode).toBe(415);
  },
);

test('a shop that is wrong in the query is told beside a body that is wrong, and is asked of nobody', async () => {
  const url = '/api/v2/bookings/1?shop=a%00b';
  const answer = await server.send('PATCH', url, { token: owner, body: { date: '2026-11-24' } });
  expect([answer.statusCode, answer.json().errors[0].pointer]).toEqual([400, '/shop']);
});

test('what is wrong alike in the body and in the query is told once', async () => {
  const body = { service: 'Haircut', date: '2026-11-24', time: '10:00', unknown: 1 };
  const answer = await server.send('POST', '/api/v2/bookings/create?unknown=1', { token: owner, body });
  expect(answer.json().errors).toHaveLength(1);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureAdministrator } from '../../src/auth/administrator.ts';
import { rolesOf } from '../../src/auth/roles/roles.ts';
import { startTestServer, type TestServer } from '../http/server.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const ensure = (email: string, password?: string) =>
  ensureAdministrator({ db: server.database.db, accounts: server.accounts, email, password });

async function signIn(email: string, password: string) {
  const answer = await server.send('POST', '/api/auth/sign-in/email', { body: { email, password } });
  return answer.statusCode === 200 ? answer.json().token : undefined;
}

test('the first administrator owns all shops and signs in with the password that was made up', async () => {
  const made = await ensure('Boss@example.com');
  expect(made?.generatedPassword?.length).toBeGreaterThanOrEqual(16);
  const token = await signIn('boss@example.com', made?.generatedPassword ?? '');
  const me = (await server.send('GET', '/api/v2/me', { token })).json();
  expect(me).toMatchObject({ role: 'admin', roles: [{ shop: null, role: 'admin' }] });
  expect((await server.send('GET', '/api/auth/admin/list-users', { token })).statusCode).toBe(200);
});

test('a password that was given is used and not repeated', async () => {
  expect(await ensure('boss@example.com', 'chosen password')).toEqual({ email: 'boss@example.com' });
  expect(await signIn('boss@example.com', 'chosen password')).toBeDefined();
});

test('where there is an administrator nobody else becomes one', async () => {
  await ensure('boss@example.com', 'chosen password');
  expect(await ensure('other@example.com', 'other password')).toBeUndefined();
  expect(await ensure('boss@example.com', 'other password')).toBeUndefined();
  expect(await signIn('other@example.com', 'other password')).toBeUndefined();
  expect(await signIn('boss@example.com', 'chosen password')).toBeDefined();
});

test('instances that start together make one administrator', async () => {
  const made = await Promise.all([1, 2, 3].map((n) => ensure(`boss${n}@example.com`)));
  expect(made.filter((one) => one !== undefined)).toHaveLength(1);
  const { rows } = await server.database.pool.query('select 1 from shop_role');
  expect(rows).toHaveLength(1);
});

test('whoever took the address before is locked out when it becomes the administrator’s', async () => {
  const squatter = await server.signUp('boss@example.com');
  const key = (
    await server.send('POST', '/api/auth/api-key/create', { token: squatter, body: { name: 'k' } })
  ).json().key;
  await ensure('boss@example.com', 'chosen password');
  expect((await server.send('GET', '/api/v2/me', { token: squatter })).statusCode).toBe(401);
  expect((await server.send('GET', '/api/v2/me', { headers: { 'x-api-key': key } })).statusCode).toBe(401);
  const token = await signIn('boss@example.com', 'chosen password');
  const { id } = (await server.send('GET', '/api/v2/me', { token })).json();
  expect(await rolesOf(server.database.db, id)).toEqual([{ shopId: null, shop: null, role: 'admin' }]);
});

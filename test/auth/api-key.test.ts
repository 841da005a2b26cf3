import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../http/server.ts';

let server: TestServer;
let token: string;
let email: string;
let key: string;
let made = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  // better-auth answers before the last of its queries about keys is through.
  const { pool } = server.database;
  while (pool.idleCount < pool.totalCount) await once(pool, 'release');
  await server.close();
});
beforeEach(async () => {
  email = `owner-${++made}@example.com`;
  token = await server.signUp(email);
  const created = await server.send('POST', '/api/auth/api-key/create', {
    token,
    body: { name: 'calendar' },
  });
  expect(created.statusCode).toBe(200);
  key = created.json().key;
});

const withKey = (url: string, name = key) => server.send('GET', url, { headers: { 'x-api-key': name } });
const update = (set: string) =>
  server.database.pool.query(`update "user" set ${set} where email = $1`, [email]);

test('a key stands in for its owner, and is kept as a hash only', async () => {
  expect((await withKey('/api/v2/me')).json()).toMatchObject({ email });
  const { rows } = await server.database.pool.query<{ key: string }>('select key from apikey');
  for (const row of rows) expect(row.key).not.toBe(key);
});

test('a key that was made up is nobody’s, and no fault of the server', async () => {
  const before = server.logged().length;
  for (const name of [`fc_${'x'.repeat(64)}`, 'short']) {
    expect((await withKey('/api/v2/me', name)).statusCode).toBe(401);
  }
  const levels = server
    .logged()
    .slice(before)
    .map(({ level }) => Number(level));
  expect(Math.max(...levels)).toBeLessThan(50);
});

test.each([
  ['expired', `"expiresAt" = now() - interval '1 second'`],
  ['disabled', 'enabled = false'],
])('a key that is %s is nobody’s', async (_what, set) => {
  await server.database.pool.query(`update apikey set ${set}`);
  expect((await withKey('/api/v2/me')).statusCode).toBe(401);
});

test('a key opens nothing under /api/auth: it neither reads sessions nor makes keys', async () => {
  expect((await withKey('/api/auth/get-session')).body).toBe('null');
  for (const path of ['list-sessions', 'api-key/list', 'list-accounts']) {
    const answer = await withKey(`/api/auth/${path}`);
    expect(answer.statusCode).toBe(401);
    expect(answer.body).not.toContain(token);
  }
  const headers = { 'x-api-key': key };
  const body = { name: 'another' };
  const created = await server.send('POST', '/api/auth/api-key/create', { headers, body });
  expect(created.statusCode).toBe(401);
  const { rows } = await server.database.pool.query(
    `select 1 from apikey join "user" on "user".id::text = "referenceId" where email = $1`,
    [email],
  );
  expect(rows).toHaveLength(1);
});

test('a key beside a session changes nothing under /api/auth', async () => {
  const headers = { 'x-api-key': 'anything' };
  const session = await server.send('GET', '/api/auth/get-session', { token, headers });
  expect(session.json()).toMatchObject({ user: { email } });
});

test('a key is of no use while its owner is banned', async () => {
  await update('banned = true');
  expect((await withKey('/api/v2/me')).statusCode).toBe(401);
  await update(`"banExpires" = now() + interval '1 hour'`);
  expect((await withKey('/api/v2/me')).statusCode).toBe(401);
  await update(`"banExpires" = now() - interval '1 second'`);
  expect((await withKey('/api/v2/me')).statusCode).toBe(200);
});

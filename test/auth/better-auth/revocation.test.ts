import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD, startTestServer, type TestServer } from '../../http/server.ts';
import { untilWaiting } from '../../support/waiting.ts';

let server: TestServer;
let token: string;
let key: string;

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
  token = await server.signUp();
  key = (await makeKey()).json().key;
});

const makeKey = () => server.send('POST', '/api/auth/api-key/create', { token, body: { name: 'calendar' } });
const change = (body: object) =>
  server.send('POST', '/api/auth/change-password', {
    token,
    body: { currentPassword: PASSWORD, newPassword: 'battery staple', ...body },
  });
const statusOf = async (headers: Record<string, string>) =>
  (await server.send('GET', '/api/v2/me', { headers })).statusCode;
const withKey = () => statusOf({ 'x-api-key': key });
const withToken = (of = token) => statusOf({ authorization: `Bearer ${of}` });

describe('a new password', () => {
  test('ends the API keys, also where sessions may stay', async () => {
    expect(await withKey()).toBe(200);
    expect((await change({})).statusCode).toBe(200);
    expect([await withKey(), await withToken()]).toEqual([401, 200]);
    key = (await makeKey()).json().key;
    expect(await withKey()).toBe(200);
  });

  test('ends the API keys along with other sessions', async () => {
    const answer = await change({ revokeOtherSessions: true });
    expect([await withKey(), await withToken()]).toEqual([401, 401]);
    expect(await withToken(answer.json().token)).toBe(200);
  });

  test('ends the keys of nobody else', async () => {
    token = await server.signUp();
    await change({ revokeOtherSessions: true });
    expect(await withKey()).toBe(200);
  });

  test.each([{ currentPassword: 'not the password' }, { newPassword: 'short' }])(
    'that is refused ends nothing: %j',
    async (body) => {
      expect((await change(body)).statusCode).toBe(400);
      expect([await withKey(), await withToken()]).toEqual([200, 200]);
    },
  );
});

test('a session that ends while it makes a key leaves none', async () => {
  const { db, pool } = server.database;
  const count = async () => (await pool.query('select 1 from apikey')).rows.length;
  const before = await count();
  const { making } = await db.transaction().execute(async (trx) => {
    await sql`lock table apikey in share mode`.execute(trx);
    const making = makeKey();
    await untilWaiting(server.database);
    await pool.query('delete from session where token = $1', [token]);
    return { making };
  });
  const answer = await making;
  expect(answer.statusCode).toBe(401);
  expect(answer.body).not.toContain('fc_');
  expect(await count()).toBe(before);
});

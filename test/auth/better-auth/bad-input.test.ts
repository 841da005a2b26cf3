import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { containsNul } from '../../../src/auth/better-auth/bad-input.ts';
import { type Extra, startTestServer, type TestServer } from '../../http/server.ts';

let server: TestServer;
let token: string;
const NUL = 'a\u0000b';

beforeAll(async () => {
  server = await startTestServer();
  token = await server.signUp('boss@example.com');
  await server.database.pool.query(`update "user" set role = 'admin' where email = 'boss@example.com'`);
});
afterAll(async () => {
  // better-auth answers before the last of its queries about keys is through.
  const { pool } = server.database;
  while (pool.idleCount < pool.totalCount) await once(pool, 'release');
  await server.close();
});

async function expectRefusal(method: 'GET' | 'POST', path: string, extra: Extra = {}) {
  const answer = await server.send(method, `/api/auth/${path}`, { token, ...extra });
  expect({ path, status: answer.statusCode }).toEqual({ path, status: 400 });
  expect(answer.json()).toEqual({ code: 'VALIDATION_FAILED', message: expect.any(String) });
  expect(answer.headers['cache-control']).toBe('private, no-store');
}

test.each([
  ['reset-password', { token: NUL, newPassword: 'long enough' }],
  ['api-key/create', { name: NUL }],
  ['api-key/create', { name: 'x', metadata: { [NUL]: ['deep'] } }],
  ['update-user', { name: NUL }],
  ['revoke-session', { token: NUL }],
  ['sign-in/email', { email: `${NUL}@example.com`, password: 'long enough' }],
])('a body with U+0000 is refused by %s', async (path, body) => {
  await expectRefusal('POST', path, { body });
});

test.each([
  'reset-password/a%00b?callbackURL=/',
  'admin/list-users?searchValue=a%00',
  'api-key/list?configId=%00',
])('a URL with U+0000 is refused: %s', async (path) => {
  await expectRefusal('GET', path);
});

describe.each(['x', '99999999999', '1.5', 'Infinity'])('the id %s is refused', (id) => {
  test.each([
    ['api-key/delete', 'keyId'],
    ['api-key/update', 'keyId'],
    ['admin/revoke-user-sessions', 'userId'],
  ])('by %s', async (path, name) => {
    await expectRefusal('POST', path, { body: { [name]: id, name: 'new' } });
  });

  test.each(['api-key/get', 'admin/get-user'])('by %s', async (path) => {
    await expectRefusal('GET', `${path}?id=${id}`);
  });
});

test('a column that does not exist cannot be sorted by', async () => {
  await expectRefusal('GET', 'api-key/list?sortBy=nope');
});

describe('U+0000 in JSON', () => {
  const find = (text: string) => containsNul('/', new TextEncoder().encode(text));

  test('is found as a key and as a value, however deep', () => {
    expect(find('{"a\\u0000": 1}')).toBe(true);
    expect(find('[[{"a": ["\\u0000"]}]]')).toBe(true);
    expect(find(`${'['.repeat(30_000)}"\\u0000"${']'.repeat(30_000)}`)).toBe(true);
  });

  test('is not the text that names it', () => {
    expect(find('{"a": "\\\\u0000"}')).toBe(false);
    expect(find('"\\u0000')).toBe(false);
    expect(find('{"a": 1}')).toBe(false);
  });
});

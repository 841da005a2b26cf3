import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBetterAuth } from '../../src/auth/better-auth/better-auth.ts';
import { createLogger } from '../../src/log.ts';
import { PASSWORD, startTestServer, type TestServer } from '../http/server.ts';
import { appoint } from '../http/staff.ts';
import { createShop } from '../support/shop.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const signIn = (email: string, password: string) =>
  server.send('POST', '/api/auth/sign-in/email', { body: { email, password } });
const isSignedIn = async (token: string) =>
  (await server.send('GET', '/api/v2/me', { token })).statusCode === 200;

test('the tables in our migrations are those that better-auth expects', async () => {
  const log = createLogger('silent');
  const auth = createBetterAuth({ db: server.database.db, secret: 's'.repeat(32), rateLimit: true, log });
  const { toBeCreated, toBeAdded } = await getMigrations(auth.options);
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
});

describe('signing up', () => {
  test('answers with a token that works at once, and makes a client', async () => {
    const body = { name: 'Ada', email: 'Ada@Example.com', password: PASSWORD };
    const answer = await server.send('POST', '/api/auth/sign-up/email', { body });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ token: expect.any(String), user: { email: 'ada@example.com' } });
    const me = await server.send('GET', '/api/v2/me', { token: answer.json().token });
    expect(me.json()).toMatchObject({ name: 'Ada', role: 'client', roles: [] });
  });

  test('cannot choose a role', async () => {
    const body = { name: 'Eve', email: 'eve@example.com', password: PASSWORD, role: 'admin' };
    const answer = await server.send('POST', '/api/auth/sign-up/email', { body });
    expect(answer.statusCode).toBe(400);
    expect((await signIn('eve@example.com', PASSWORD)).statusCode).toBe(401);
  });

  test.each([
    ['a short password', { name: 'X', email: 'x@example.com', password: 'short' }],
    ['an address that is none', { name: 'X', email: 'nonsense', password: PASSWORD }],
    ['no name', { email: 'x@example.com', password: PASSWORD }],
    ['a name that no text can keep', { name: 'a\u0000b', email: 'nul@example.com', password: PASSWORD }],
    ['an empty name', { name: '', email: 'x@example.com', password: PASSWORD }],
    ['a name of blanks', { name: '  ', email: 'x@example.com', password: PASSWORD }],
    ['a name that is too long', { name: 'x'.repeat(201), email: 'x@example.com', password: PASSWORD }],
    ['something that is not JSON', '{"email":'],
  ])('with %s is refused in better-auth’s own format', async (_what, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await server.send('POST', '/api/auth/sign-up/email', { body, headers });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json().message).toEqual(expect.any(String));
  });

  test('with a name of 200 characters is possible, and it cannot grow later', async () => {
    const body = { name: 'x'.repeat(200), email: 'long@example.com', password: PASSWORD };
    const answer = await server.send('POST', '/api/auth/sign-up/email', { body });
    expect(answer.statusCode).toBe(200);
    const { token } = answer.json();
    for (const name of ['', 'x'.repeat(201)]) {
      const update = await server.send('POST', '/api/auth/update-user', { token, body: { name } });
      expect(update.statusCode).toBe(400);
      expect(update.json()).toEqual({ code: 'INVALID_NAME', message: expect.any(String) });
    }
  });

  test('with an address that is taken is refused', async () => {
    await server.signUp('taken@example.com');
    const body = { name: 'Eve', email: 'TAKEN@example.com', password: 'another password' };
    const answer = await server.send('POST', '/api/auth/sign-up/email', { body });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).not.toContain('token');
  });

  test('keeps the password as a hash only', async () => {
    await server.signUp();
    const { rows } = await server.database.pool.query<{ password: string }>('select password from account');
    for (const { password } of rows) expect(password).not.toContain(PASSWORD);
  });
});

describe('signing in', () => {
  test('answers with a token, whatever the case of the address', async () => {
    await server.signUp('bob@example.com');
    const answer = await signIn('BOB@example.com', PASSWORD);
    expect(answer.statusCode).toBe(200);
    expect(await isSignedIn(answer.json().token)).toBe(true);
  });

  test('says the same of a wrong password and of an account that does not exist', async () => {
    await server.signUp('carol@example.com');
    const wrong = await signIn('carol@example.com', 'not her password');
    const nobody = await signIn('nobody@example.com', 'not her password');
    expect(wrong.statusCode).toBe(401);
    expect(nobody.statusCode).toBe(401);
    expect(nobody.json()).toEqual(wrong.json());
  });
});

describe('a token', () => {
  test.each([
    ['that was made up', 'Bearer nonsense'],
    ['that is empty', 'Bearer '],
    ['with a foreign signature', `Bearer ${'a'.repeat(32)}.${'b'.repeat(43)}`],
    ['of another scheme', 'Basic YTpi'],
  ])('%s is nobody’s', async (_what, authorization) => {
    const answer = await server.send('GET', '/api/v2/me', { headers: { authorization } });
    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe('unauthenticated');
  });

  test('ends with the session, at once', async () => {
    const token = await server.signUp();
    expect(await isSignedIn(token)).toBe(true);
    const out = await server.send('POST', '/api/auth/sign-out', {
      token,
      headers: { origin: 'http://localhost' },
    });
    expect(out.statusCode).toBe(200);
    expect(await isSignedIn(token)).toBe(false);
  });

  test('ends when its account is banned', async () => {
    const token = await server.signUp('banned@example.com');
    const { pool } = server.database;
    await pool.query(`update "user" set banned = true where email = 'banned@example.com'`);
    expect(await isSignedIn(token)).toBe(false);
  });

  test('ends when it expires', async () => {
    const token = await server.signUp();
    await server.database.pool.query(
      `update session set "expiresAt" = now() - interval '1 second' where token = $1`,
      [token],
    );
    expect(await isSignedIn(token)).toBe(false);
  });
});

test('a session is prolonged once a day while its token is used', async () => {
  const token = await server.signUp();
  const { pool } = server.database;
  await pool.query(
    `update session set "updatedAt" = now() - interval '2 days', "expiresAt" = now() + interval '5 days'
     where token = $1`,
    [token],
  );
  expect(await isSignedIn(token)).toBe(true);
  const { rows } = await pool.query(
    `select "expiresAt" > now() + interval '6 days' as prolonged from session where token = $1`,
    [token],
  );
  expect(rows).toEqual([{ prolonged: true }]);
});

describe('the session cookie', () => {
  async function cookieOf(origin = 'http://localhost') {
    const body = { name: 'Ada', email: `cookie-${Math.random()}@example.com`, password: PASSWORD };
    const answer = await server.send('POST', '/api/auth/sign-up/email', { body, headers: { origin } });
    return String(answer.headers['set-cookie']);
  }
  const create = { method: 'POST', url: '/api/v2/bookings/create' } as const;

  test('is out of reach for scripts and for other sites', async () => {
    const cookie = await cookieOf();
    expect(cookie).toMatch(/^freshchair\.session_token=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
  });

  test('signs the pages in', async () => {
    const cookie = (await cookieOf()).split(';')[0] ?? '';
    expect((await server.send('GET', '/api/v2/me', { headers: { cookie } })).statusCode).toBe(200);
    const ours = { cookie, origin: 'http://localhost' };
    expect((await server.send('POST', create.url, { headers: ours, body: {} })).statusCode).toBe(400);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ])('does not let pages of %s write', async (_what, headers) => {
    const cookie = (await cookieOf()).split(';')[0] ?? '';
    const answer = await server.send('POST', create.url, { headers: { cookie, ...headers }, body: {} });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().code).toBe('forbidden');
  });

  test('does not sign anybody in for a page of another origin', async () => {
    const body = { name: 'Ada', email: 'foreign@example.com', password: PASSWORD };
    const headers = { origin: 'https://evil.example' };
    const answer = await server.send('POST', '/api/auth/sign-up/email', { body, headers });
    expect(answer.statusCode).toBe(403);
  });
});

describe('better-auth’s own routes for administrators', () => {
  const CLOSED = [
    ['set-role', { role: 'admin' }],
    ['create-user', { name: 'Eve', email: 'eve-by-admin@example.com', password: PASSWORD, role: 'admin' }],
    ['update-user', { data: { role: 'admin' } }],
    ['remove-user', {}],
    ['ban-user', {}],
    ['unban-user', {}],
    ['impersonate-user', {}],
    ['set-user-password', { newPassword: 'another password' }],
    ['list-user-sessions', {}],
  ] as const;
  /** Of somebody else; all but the first two are POST. */
  const OPEN = ['list-users', 'get-user', 'revoke-user-session', 'revoke-user-sessions'] as const;
  /** These answer about the caller's own session alone. */
  const HARMLESS = ['has-permission', 'stop-impersonating'] as const;
  let owner: string;
  let victim: string;
  let userId: string;

  beforeAll(async () => {
    owner = await server.signUp('boss@example.com');
    await server.database.pool.query(`update "user" set role = 'admin' where email = 'boss@example.com'`);
    victim = await server.signUp('victim@example.com');
    userId = String((await server.send('GET', '/api/v2/me', { token: victim })).json().id);
  });

  const ask = (token: string, name: string, body: object = {}) =>
    name === 'list-users' || name === 'get-user'
      ? server.send('GET', `/api/auth/admin/${name}?id=${userId}`, { token })
      : server.send('POST', `/api/auth/admin/${name}`, { token, body: { userId, ...body } });

  test('are those that are named here', () => {
    const log = createLogger('silent');
    const auth = createBetterAuth({ db: server.database.db, secret: 's'.repeat(32), rateLimit: true, log });
    const paths = Object.values(auth.api).map((endpoint) => String(Reflect.get(endpoint, 'path')));
    const ours = paths.filter((path) => path.startsWith('/admin/')).map((path) => path.slice(7));
    expect(ours.sort()).toEqual([...CLOSED.map(([name]) => name), ...OPEN, ...HARMLESS].sort());
  });

  test.each(CLOSED)('are closed to owners, too, where we answer for it: %s', async (name, body) => {
    for (const path of [name, `${name}/`]) expect((await ask(owner, path, body)).statusCode).toBe(404);
    expect(await isSignedIn(victim)).toBe(true);
    expect((await signIn('victim@example.com', PASSWORD)).statusCode).toBe(200);
  });

  test.each(OPEN)(
    'are for owners of all shops, not for clients and administrators of one: %s',
    async (name) => {
      const { db } = server.database;
      const { id: shop } = await createShop(db, { slug: name });
      for (const token of [await server.signUp(), await appoint(server, { shop, role: 'admin' })])
        expect((await ask(token, name, { sessionToken: victim })).statusCode).toBe(403);
      expect(await isSignedIn(victim)).toBe(true);
      expect((await ask(owner, name, { sessionToken: 'nobody’s' })).statusCode).toBe(200);
    },
  );
});

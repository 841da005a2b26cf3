import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, startTestServer, type TestServer } from '../http/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    publicUrl: 'https://book.example.com',
    rateLimit: true,
    trustProxy: '127.0.0.1',
  });
});
afterAll(() => server.close());

const signUp = (email: string, origin: string) =>
  server.send('POST', '/api/auth/sign-up/email', {
    body: { name: 'Ada', email, password: PASSWORD },
    headers: { origin },
  });

test('behind HTTPS the cookie is sent over HTTPS only', async () => {
  const answer = await signUp('secure@example.com', 'https://book.example.com');
  expect(answer.statusCode).toBe(200);
  expect(String(answer.headers['set-cookie'])).toMatch(/^__Secure-freshchair\.session_token=.*; Secure/);
});

test('only pages of the public address may sign in, whatever host the request names', async () => {
  expect((await signUp('other@example.com', 'https://localhost')).statusCode).toBe(403);
});

test('a page of the public address may write with its cookie', async () => {
  const signedUp = await signUp('page@example.com', 'https://book.example.com');
  const cookie = String(signedUp.headers['set-cookie']).split(';')[0] ?? '';
  const headers = { cookie, origin: 'https://book.example.com' };
  const answer = await server.send('POST', '/api/v2/bookings/create', { headers, body: {} });
  expect(answer.statusCode).toBe(400);
});

test('guessing passwords is slowed down, per address of the visitor', async () => {
  const guess = (visitor: string) =>
    server.send('POST', '/api/auth/sign-in/email', {
      body: { email: 'secure@example.com', password: 'guess' },
      headers: { 'x-forwarded-for': visitor, 'x-freshchair-client-address': '10.9.9.9' },
    });
  const answers = [];
  for (let i = 0; i < 31; i++) answers.push(await guess('198.51.100.1'));
  expect(answers.slice(0, 30).every(({ statusCode }) => statusCode === 401)).toBe(true);
  const last = answers.at(-1);
  expect(last?.statusCode).toBe(429);
  expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
  expect((await guess('198.51.100.2')).statusCode).toBe(401);
});

test('an API key that is used too often gets 429 with Retry-After', async () => {
  const token = (await signUp('busy@example.com', 'https://book.example.com')).json().token;
  const body = { name: 'busy' };
  const { key } = (await server.send('POST', '/api/auth/api-key/create', { token, body })).json();
  await server.database.pool.query(`update apikey set "requestCount" = 600, "lastRequest" = now()`);
  const answer = await server.send('GET', '/api/v2/me', { headers: { 'x-api-key': key } });
  expect(answer.statusCode).toBe(429);
  expect(answer.json().code).toBe('rate_limited');
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
});

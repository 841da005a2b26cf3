import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startTestServer, type TestServer } from '../http/server.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { mailerOver, type TestMailer } from './mails.ts';
import { partOf } from './mime.ts';

const NEW_PASSWORD = 'battery staple';

let mails: MailServer;
let server: TestServer;
let mailer: TestMailer;

beforeAll(async () => {
  mails = await startMailServer();
  server = await startTestServer();
  mailer = mailerOver(server.database.db, mails.url);
});
afterAll(async () => {
  await mails.close();
  // better-auth answers before the last of its queries about keys is through.
  const { pool } = server.database;
  while (pool.idleCount < pool.totalCount) await once(pool, 'release');
  await server.close();
});

const ask = (email: string, extra: object = {}, from = server) =>
  from.send('POST', '/api/auth/request-password-reset', { body: { email, ...extra } });
const reset = (token: string, newPassword = NEW_PASSWORD) =>
  server.send('POST', '/api/auth/reset-password', { body: { token, newPassword } });
const signIn = (email: string, password: string) =>
  server.send('POST', '/api/auth/sign-in/email', { body: { email, password } });

/** The text of the newest mail. */
async function newest(): Promise<string> {
  await mailer.deliver();
  const last = mails.received.at(-1);
  return (last && partOf(last.mail, 'text/plain')?.content)?.replaceAll('\r\n', '\n') ?? '';
}
const tokenIn = (text: string) => /Reset token:\n(\S+)\n/.exec(text)?.[1] ?? '';

describe('a forgotten password', () => {
  test('is replaced with the token that came by mail, and old sessions end', async () => {
    const session = await server.signUp('ada@example.com');
    expect((await ask('Ada@example.com')).statusCode).toBe(200);
    const token = tokenIn(await newest());
    expect(mails.received.at(-1)?.to).toBe('ada@example.com');
    expect((await reset(token)).statusCode).toBe(200);

    expect((await signIn('ada@example.com', PASSWORD)).statusCode).toBe(401);
    expect((await signIn('ada@example.com', NEW_PASSWORD)).statusCode).toBe(200);
    expect((await server.send('GET', '/api/v2/me', { token: session })).statusCode).toBe(401);
    expect((await reset(token, 'third password')).statusCode).toBe(400);
  });

  test('takes API keys and all that was opened along, of whoever had the address before', async () => {
    const session = await server.signUp('eve@example.com');
    const made = await server.send('POST', '/api/auth/api-key/create', {
      token: session,
      body: { name: 'kept' },
    });
    const key = { 'x-api-key': made.json().key };
    const { id } = (await server.send('GET', '/api/v2/me', { headers: key })).json();
    const other = await server.signUp();
    await server.database.pool.query('update session set "impersonatedBy" = $1 where token = $2', [
      id,
      other,
    ]);
    await ask('eve@example.com');
    expect((await reset(tokenIn(await newest()))).statusCode).toBe(200);
    expect((await server.send('GET', '/api/v2/me', { headers: key })).statusCode).toBe(401);
    expect((await server.send('GET', '/api/v2/me', { token: session })).statusCode).toBe(401);
    expect((await server.send('GET', '/api/v2/me', { token: other })).statusCode).toBe(401);
  });

  test('of nobody is answered alike, and no mail is sent', async () => {
    await server.signUp('bob@example.com');
    const known = await ask('bob@example.com');
    await mailer.deliver();
    const before = mails.received.length;
    const unknown = await ask('nobody@example.com');
    expect(unknown.statusCode).toBe(known.statusCode);
    expect(unknown.json()).toEqual(known.json());
    expect(await mailer.deliver()).toBe(0);
    expect(mails.received).toHaveLength(before);
  });

  test('cannot be replaced with a token that is an hour old', async () => {
    await server.signUp('carol@example.com');
    await ask('carol@example.com');
    const token = tokenIn(await newest());
    await server.database.pool.query(`update verification set "expiresAt" = "expiresAt" - interval '1 hour'`);
    expect((await reset(token)).statusCode).toBe(400);
    expect((await signIn('carol@example.com', PASSWORD)).statusCode).toBe(200);
  });

  test('is asked for five times from one address, and then no more', async () => {
    const limited = await startTestServer({ rateLimit: true });
    const answers: number[] = [];
    for (let n = 0; n < 6; n++) answers.push((await ask('dave@example.com', {}, limited)).statusCode);
    await limited.close();
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe('the mail has a link', () => {
  test('to the page that was asked for, where the server knows its own address', async () => {
    const known = await startTestServer({ publicUrl: 'https://book.example.com' });
    await known.signUp('ada@example.com');
    expect((await ask('ada@example.com', { redirectTo: '/new-password' }, known)).statusCode).toBe(200);
    await mailerOver(known.database.db, mails.url).deliver();
    await known.close();
    const text = await newest();
    expect(text).toContain(
      `https://book.example.com/api/auth/reset-password/${tokenIn(text)}?callbackURL=%2Fnew-password`,
    );
  });

  test('but none where the server only has the word of whoever asks', async () => {
    const other = await startTestServer();
    await other.signUp('ada@example.com');
    await other.send('POST', '/api/auth/request-password-reset', {
      body: { email: 'ada@example.com', redirectTo: '/new-password' },
      headers: { host: 'evil.example' },
    });
    await mailerOver(other.database.db, mails.url).deliver();
    await other.close();
    const text = await newest();
    expect(tokenIn(text)).not.toBe('');
    expect(text).not.toContain('://');
  });
});

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killServers, serve } from '../cli/freshchair.ts';
import { freePort } from '../support/ports.ts';
import { createShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { partOf } from './mime.ts';

const PUBLIC_URL = 'https://book.example.com';

let database: TestDatabase;
let mails: MailServer;

beforeAll(async () => {
  database = await createTestDatabase();
  mails = await startMailServer();
});
afterAll(async () => {
  await killServers();
  await mails.close();
  await database.close();
});

/** As a stranger asks: with any Host. */
async function ask(port: number, method: string, path: string, body?: object): Promise<unknown> {
  const headers = { host: 'evil.example', ...(body !== undefined && { 'content-type': 'application/json' }) };
  const asked = request({ host: '127.0.0.1', port, method, path, headers });
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer]: IncomingMessage[] = await once(asked, 'response');
  return answer && json(answer);
}

test('a guest’s mail leads to the booking at PUBLIC_URL, whatever host the request named', async () => {
  const { slug } = await createShop(database.db);
  const port = await freePort();
  await serve({
    PORT: String(port),
    DATABASE_URL: database.connectionString,
    SMTP_URL: mails.url,
    PUBLIC_URL,
    ADMIN_PASSWORD: 'correct horse',
  });
  const path = `/api/v2/bookings/next-available?shop=${slug}&service=Haircut`;
  const { next_available } = Object(await ask(port, 'GET', path));
  const guest = { name: 'Ada', email: 'ada@example.com' };
  const body = { start: next_available.datetime, service: 'Haircut', shop: slug, ...guest };
  const { manage_token } = Object(await ask(port, 'POST', '/api/v2/bookings/guest', body));
  expect(manage_token).toMatch(/^[\w-]{43}$/);
  await mails.arrived(1);
  const [received] = mails.received;
  const text = (received && partOf(received.mail, 'text/plain')?.content) ?? '';
  expect(text).toContain(`${PUBLIC_URL}/manage/${manage_token}`);
  expect(text).not.toContain('evil.example');
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { enqueueMail } from '../../src/mail/outbox.ts';
import { killServers, serve } from '../cli/freshchair.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { confirmation, mailerOver, rowsOf } from './mails.ts';

let database: TestDatabase;
let server: MailServer;
/** Of every mail whose text came to its end, answered or not. */
const texts: string[] = [];
let hanging: Promise<void> | undefined;
let onHang: () => void;
const hangs = new Promise<void>((resolve) => {
  onHang = resolve;
});

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startMailServer({
    beforeReply(recipient) {
      texts.push(recipient);
      if (texts.length <= 5) return undefined;
      onHang();
      return hanging;
    },
  });
});
afterEach(killServers);
afterAll(async () => {
  await server.close();
  await database.close();
});

test('a server that is killed while it sends leaves no mail that comes twice, and the others to the next one', async () => {
  const recipients = Array.from({ length: 20 }, (_, n) => `client-${n}@example.com`);
  for (const recipient of recipients) await enqueueMail(database.db, confirmation(recipient));
  let release = () => {};
  hanging = new Promise((resolve) => {
    release = resolve;
  });
  const first = await serve({ DATABASE_URL: database.connectionString, SMTP_URL: server.url });
  await hangs;
  await first.killTree();
  hanging = undefined;
  release();

  const left = await rowsOf(database);
  const claimed = left.filter(({ state }) => state === 'claimed');
  expect(claimed).not.toEqual([]);

  const next = mailerOver(database.db, server.url);
  expect(await next.deliver()).toBe(left.filter(({ state }) => state === 'waiting').length);
  await database.pool.query(`update mail_outbox set claimed_at = claimed_at - interval '11 minutes'`);
  expect(await next.deliver()).toBe(0);
  expect(new Set(texts).size).toBe(texts.length);
  expect(recipients.length - texts.length).toBeLessThanOrEqual(claimed.length);
  const unknown = next.logged().filter(({ msg }) => String(msg).startsWith('Whether a mail arrived'));
  expect(unknown.map(({ mail }) => mail)).toEqual(claimed.map(({ id }) => id));
});

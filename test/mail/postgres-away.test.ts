import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/connection.ts';
import { enqueueMail } from '../../src/mail/outbox.ts';
import { createSmtpTransport } from '../../src/mail/smtp.ts';
import { startProxy } from '../support/proxy.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { untilWaiting } from '../support/waiting.ts';
import { startMailServer } from './mail-server.ts';
import { confirmation, mailerOver, rowsOf } from './mails.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query('truncate mail_outbox');
});
afterAll(() => database.close());

async function throughProxy() {
  const proxy = await startProxy(database.connectionString);
  onTestFinished(proxy.close);
  const { db, close } = openDatabase(proxy.connectionString);
  onTestFinished(close);
  return { proxy, db };
}

describe('while Postgres is away', () => {
  test('what came of a mail is kept in mind until it is back', async () => {
    const { proxy, db } = await throughProxy();
    const server = await startMailServer({ beforeReply: () => proxy.refuse() });
    onTestFinished(server.close);
    const mailer = mailerOver(db, server.url);
    await enqueueMail(database.db, confirmation('ada@example.com'));
    const delivering = mailer.deliver();
    await server.arrived(1);
    expect(await rowsOf(database)).toMatchObject([{ state: 'claimed' }]);
    await proxy.listen();
    expect(await delivering).toBe(1);
    expect(await rowsOf(database)).toMatchObject([{ state: 'sent' }]);
    expect(server.received).toHaveLength(1);
  });

  test('a mail that was claimed without our hearing of it is taken up again', async () => {
    const { proxy, db } = await throughProxy();
    const server = await startMailServer();
    onTestFinished(server.close);
    const smtp = createSmtpTransport({ url: server.url });
    const locker = await database.pool.connect();
    onTestFinished(() => locker.release());
    let opened = 0;
    const mailer = mailerOver(db, {
      async open(signal) {
        opened += 1;
        if (opened === 1) await locker.query('begin; lock table mail_outbox in share mode');
        return smtp.open(signal);
      },
    });
    await enqueueMail(database.db, confirmation('ada@example.com'));
    const delivering = mailer.deliver();
    await untilWaiting(database);
    proxy.mute();
    await locker.query('commit');
    await expect.poll(async () => (await rowsOf(database))[0]?.state).toBe('claimed');
    proxy.cut();
    await expect(delivering).rejects.toThrow();
    proxy.unmute();
    expect(await mailer.deliver()).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  test('the worker goes on looking, and says so once', async () => {
    const { proxy, db } = await throughProxy();
    const server = await startMailServer();
    onTestFinished(server.close);
    const mailer = mailerOver(db, server.url);
    await proxy.refuse();
    await expect(mailer.deliver()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await enqueueMail(database.db, confirmation('ada@example.com'));
    mailer.start();
    onTestFinished(mailer.close);
    await proxy.listen();
    await server.arrived(1);
    await mailer.close();
    const messages = mailer.logged().map(({ msg }) => msg);
    expect(messages).toEqual(['Mails wait: Postgres cannot be used', 'Postgres can be used for mails again']);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/connection.ts';
import { createLogger } from '../../src/log.ts';
import { enqueueMail } from '../../src/mail/outbox.ts';
import { createLogTransport, type MailSession } from '../../src/mail/transport.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { type MailServerOptions, startMailServer, startRudeServer } from './mail-server.ts';
import { confirmation, mailerOver, rowsOf } from './mails.ts';

/** Long enough for a busy machine to get from one step to the next. */
const SILENCE_MS = 1_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query('truncate mail_outbox');
});
afterAll(() => database.close());

async function mailServer(options: MailServerOptions = {}) {
  const server = await startMailServer(options);
  onTestFinished(server.close);
  return server;
}

async function rudeServer(...args: Parameters<typeof startRudeServer>) {
  const server = await startRudeServer(...args);
  onTestFinished(server.close);
  return server;
}

const enqueue = (...recipients: string[]) =>
  Promise.all(recipients.map((recipient) => enqueueMail(database.db, confirmation(recipient))));

const rows = () => rowsOf(database);
const makeDue = () => database.pool.query('update mail_outbox set send_after = now()');
const letTimePass = (interval: string) =>
  database.pool.query(
    `update mail_outbox set created_at = created_at - $1::interval, send_after = send_after - $1::interval,
       claimed_at = claimed_at - $1::interval`,
    [interval],
  );

describe('a mail in the outbox', () => {
  test('is sent once, and nothing personal is left of it', async () => {
    const server = await mailServer();
    const mailer = mailerOver(database.db, server.url);
    await enqueue('ada@example.com');
    expect(await mailer.deliver()).toBe(1);
    expect(await mailer.deliver()).toBe(0);
    expect(server.received).toMatchObject([{ from: 'bookings@example.com', to: 'ada@example.com' }]);
    expect(await rows()).toMatchObject([
      { state: 'sent', attempts: 1, recipient: null, data: null, error: null },
    ]);
    expect(JSON.stringify(mailer.logged())).not.toContain('ada@example.com');
  });

  test('is not sent when the transaction that put it there rolls back', async () => {
    const server = await mailServer();
    const writing = database.db.transaction().execute(async (trx) => {
      await enqueueMail(trx, confirmation('ada@example.com'));
      throw new Error('no booking');
    });
    await expect(writing).rejects.toThrow('no booking');
    expect(await mailerOver(database.db, server.url).deliver()).toBe(0);
    expect(server.received).toEqual([]);
  });

  test('is found by the running worker', async () => {
    const server = await mailServer();
    const mailer = mailerOver(database.db, server.url);
    mailer.start();
    onTestFinished(mailer.close);
    await enqueue('ada@example.com');
    await server.arrived(1);
  });

  test('that a newer release put there is left to it', async () => {
    const server = await mailServer();
    await enqueue('ada@example.com');
    await database.pool.query(`update mail_outbox set template = 'birthday'`);
    expect(await mailerOver(database.db, server.url).deliver()).toBe(0);
    expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  });

  test('that cannot be written is given up at once, and does not hold up the others', async () => {
    const server = await mailServer();
    const mailer = mailerOver(database.db, server.url);
    await enqueue('ada@example.com');
    await database.pool.query(`update mail_outbox set data = '{"bookingId": 1}'`);
    await enqueueMail(database.db, confirmation('bob@example.com', { timezone: 'Mars/Olympus' }));
    await enqueue('carol@example.com');
    expect(await mailer.deliver()).toBe(1);
    expect(await rows()).toMatchObject([{ state: 'failed' }, { state: 'failed' }, { state: 'sent' }]);
    expect(mailer.logged().filter(({ msg }) => msg === 'A mail could not be written')).toHaveLength(2);
  });

  test('is deleted 30 days after it was written, unless it still waits', async () => {
    const server = await mailServer();
    const mailer = mailerOver(database.db, server.url);
    await enqueue('ada@example.com');
    await mailer.deliver();
    await letTimePass('29 days 23 hours');
    mailer.clock.set('2026-12-22T20:00:00-05:00');
    await mailer.deliver();
    expect(await rows()).toHaveLength(1);
    await letTimePass('1 hour');
    mailer.clock.set('2026-12-22T21:00:00-05:00');
    await mailer.deliver();
    expect(await rows()).toEqual([]);
  });
});

describe('a mail that is not accepted', () => {
  test.each([
    ['the recipient', { refuse: () => 450 }, 'RCPT TO EENVELOPE 450'],
    ['the text', { refuseText: () => 451 }, 'DATA EMESSAGE 451'],
  ])('for now, %s, is tried again until it is', async (_what, refusing, reason) => {
    const refused: MailServerOptions[] = [refusing];
    const [option] = refused;
    let attempts = 0;
    const server = await mailServer({
      refuse: (to) => (attempts++ < 2 ? option?.refuse?.(to) : undefined),
      refuseText: (to) => (attempts <= 2 ? option?.refuseText?.(to) : undefined),
    });
    const mailer = mailerOver(database.db, server.url);
    await enqueue('ada@example.com');
    for (const count of [1, 2]) {
      expect(await mailer.deliver()).toBe(0);
      expect(await rows()).toMatchObject([{ state: 'waiting', attempts: count }]);
      expect((await rows())[0]?.error).toContain(reason);
      expect(await mailer.deliver()).toBe(0);
      await makeDue();
    }
    expect(await mailer.deliver()).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  test.each([
    ['the recipient', { refuse: () => 550 }],
    ['the text', { refuseText: () => 554 }],
  ])('for good, %s, is never tried again, and the log has no address', async (_what, refusing) => {
    const server = await mailServer(refusing);
    const mailer = mailerOver(database.db, server.url);
    await enqueue('ada@example.com');
    expect(await mailer.deliver()).toBe(0);
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'failed', recipient: null, data: null });
    expect(mailer.logged()).toMatchObject([{ mail: row?.id, msg: 'A mail was refused', reason: row?.error }]);
    expect(JSON.stringify([row, mailer.logged()])).not.toContain('example.com');
  });

  test('does not hold up those behind it', async () => {
    const server = await mailServer({ refuse: (to) => (to.startsWith('a') ? 550 : undefined) });
    await enqueue('a1@example.com', 'b@example.com', 'a2@example.com', 'c@example.com', 'a3@example.com');
    expect(await mailerOver(database.db, server.url).deliver()).toBe(2);
    expect(server.received.map(({ to }) => to).sort()).toEqual(['b@example.com', 'c@example.com']);
  });

  test('waits longer each time, three hours at most, and is given up after a day', async () => {
    const refusing: MailSession = {
      send: async () => ({ kind: 'not_sent', reason: '450' }),
      close() {},
    };
    const mailer = mailerOver(database.db, { open: async () => ({ kind: 'open', session: refusing }) });
    await enqueue('ada@example.com');
    let before = 0;
    for (const pause of [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 10_800, 10_800]) {
      await mailer.deliver();
      const [row] = await rows();
      expect(row?.pause).toBeGreaterThan(pause * 0.74);
      expect(row?.pause).toBeLessThan(pause * 1.26);
      before += pause;
      await makeDue();
    }
    expect(before).toBeLessThan(86_400);
    await letTimePass('1 day 1 second');
    await mailer.deliver();
    expect(await rows()).toMatchObject([{ state: 'failed', attempts: 12, recipient: null, data: null }]);
    expect(mailer.logged().at(-1)).toMatchObject({ msg: 'A mail was given up after a day of attempts' });
  });
});

describe('while the mail server', () => {
  test('refuses connections, all mails wait; one line says so, and one when it is back', async () => {
    const before = await startMailServer();
    await before.close();
    const mailer = mailerOver(database.db, before.url);
    await enqueue('ada@example.com', 'bob@example.com');
    for (const attempts of [1, 2]) {
      expect(await mailer.deliver()).toBe(0);
      const waiting = { state: 'waiting', attempts, error: 'CONN ECONNREFUSED' };
      expect(await rows()).toMatchObject([waiting, waiting]);
      await makeDue();
    }
    const server = await mailServer({ port: before.port });
    expect(await mailer.deliver()).toBe(2);
    expect(mailer.logged().map(({ msg }) => msg)).toEqual([
      'Mails wait: the mail server cannot be used',
      'The mail server can be used again',
    ]);
    expect(server.received).toHaveLength(2);
  });

  test('turns connections away with 421, mails wait', async () => {
    const server = await rudeServer((line, socket) => line === '' && socket.end('421 too busy\r\n') !== null);
    await enqueue('ada@example.com');
    expect(await mailerOver(database.db, server.url).deliver()).toBe(0);
    expect(await rows()).toMatchObject([{ state: 'waiting', error: expect.stringContaining('421') }]);
  });

  test('hangs before it greets, mails wait', async () => {
    const server = await rudeServer((line) => line === '');
    await enqueue('ada@example.com');
    expect(await mailerOver(database.db, server.url, 100).deliver()).toBe(0);
    expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 1, error: 'CONN ETIMEDOUT' }]);
  });

  test('hangs before the text is sent, mails wait', async () => {
    const server = await rudeServer((line) => line.startsWith('RCPT'));
    await enqueue('ada@example.com');
    expect(await mailerOver(database.db, server.url, SILENCE_MS).deliver()).toBe(0);
    expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 1, error: 'CONN ETIMEDOUT' }]);
  });

  test('hangs over one mail, the others go out', async () => {
    let release = () => {};
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await mailServer({ beforeReply: (to) => (to.startsWith('slow') ? hanging : undefined) });
    await enqueue('slow@example.com', ...Array.from({ length: 10 }, (_, n) => `quick-${n}@example.com`));
    const delivering = mailerOver(database.db, server.url).deliver();
    await server.arrived(10);
    release();
    expect(await delivering).toBe(11);
  });
});

describe('where nobody knows whether a mail arrived', () => {
  test.each([
    ['the server dies in the middle of the text', 'Subject: ', true],
    ['the server hangs after the text', '.', false],
    ['the server dies after the text', '.', true],
  ])('because %s, it is not sent again; one line in the log tells its id', async (_why, where, dies) => {
    let texts = 0;
    const server = await rudeServer((line, socket) => {
      if (line === 'DATA') texts += 1;
      const reached = texts > 0 && line.startsWith(where);
      if (reached && dies) socket.destroy();
      return reached;
    });
    const mailer = mailerOver(database.db, server.url, SILENCE_MS);
    await enqueue('ada@example.com');
    expect(await mailer.deliver()).toBe(0);
    expect(await mailer.deliver()).toBe(0);
    expect(texts).toBe(1);
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'failed', recipient: null, data: null });
    expect(row?.error).toMatch(/^end unknown: /);
    expect(mailer.logged()).toMatchObject([
      { level: 40, mail: row?.id, msg: 'Whether a mail arrived is not known; it is not sent again' },
    ]);
    expect(JSON.stringify([row, mailer.logged()])).not.toContain('example.com');
  });

  test('because its sender died, it is not sent again: ten minutes later one of the others says so', async () => {
    const server = await mailServer();
    await enqueue('ada@example.com');
    await database.pool.query('update mail_outbox set claimed_at = now(), claimed_by = gen_random_uuid()');
    const mailers = [mailerOver(database.db, server.url), mailerOver(database.db, server.url)];
    await Promise.all(mailers.map((mailer) => mailer.deliver()));
    expect(await rows()).toMatchObject([{ state: 'claimed' }]);
    await letTimePass('10 minutes 1 second');
    await Promise.all(mailers.map((mailer) => mailer.deliver()));
    expect(await rows()).toMatchObject([{ state: 'failed', recipient: null, data: null }]);
    expect(mailers.flatMap((mailer) => mailer.logged())).toMatchObject([
      { level: 40, msg: 'Whether a mail arrived is not known; it is not sent again' },
    ]);
    expect(server.received).toEqual([]);
  });
});

test('two workers share 50 mails, and each arrives once', async () => {
  const server = await mailServer();
  const recipients = Array.from({ length: 50 }, (_, n) => `client-${n}@example.com`);
  await enqueue(...recipients);
  const second = openDatabase(database.connectionString);
  onTestFinished(second.close);
  const shares = await Promise.all([
    mailerOver(database.db, server.url).deliver(),
    mailerOver(second.db, server.url).deliver(),
  ]);
  expect(shares[0] + shares[1]).toBe(50);
  expect(server.received.map(({ to }) => to).sort()).toEqual(recipients.sort());
});

test('without a mail server, mails are written to the log: recipient, subject and text', async () => {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  await enqueue('ada@example.com');
  expect(await mailerOver(database.db, createLogTransport(log)).deliver()).toBe(1);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      to: 'ada@example.com',
      subject: 'Booking confirmed: Haircut at Main Street Barbers, 23 November, 10:00',
      text: expect.stringContaining('When: Monday, 23 November 2026, 10:00 – 10:30'),
    },
  ]);
  expect(await rows()).toMatchObject([{ state: 'sent', recipient: null }]);
});

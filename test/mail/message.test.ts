import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Mail } from '../../src/mail/mail.ts';
import { enqueueMail } from '../../src/mail/outbox.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { BOOKING, confirmation, mailerOver } from './mails.ts';
import { type Part, partOf } from './mime.ts';

let database: TestDatabase;
let server: MailServer;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startMailServer();
});
beforeEach(async () => {
  await database.pool.query('truncate mail_outbox');
});
afterAll(async () => {
  await server.close();
  await database.close();
});

async function received(mail: Mail): Promise<Part> {
  await enqueueMail(database.db, mail);
  expect(await mailerOver(database.db, server.url).deliver()).toBe(1);
  const last = server.received.at(-1);
  if (last === undefined) throw new Error('Nothing arrived');
  return last.mail;
}

const about = { recipient: 'ada@example.com', shopId: null };
const invitation = {
  shopName: 'Main Street Barbers',
  timezone: 'America/New_York',
  barberName: 'Ana',
  token: 'i-4711',
  expiresAt: '2026-11-30T20:00:00Z',
};

describe('a mail arrives as plain text and as HTML, and with the booking for the calendar', () => {
  test.each<[string, Mail, string, 'REQUEST' | 'CANCEL' | undefined]>([
    [
      'a confirmation',
      confirmation('ada@example.com', { manageToken: 'm-4711' }),
      'Booking confirmed: ',
      'REQUEST',
    ],
    [
      'a change',
      { ...about, template: 'booking_changed', data: { ...BOOKING, previousStart: BOOKING.start } },
      'Booking changed: ',
      'REQUEST',
    ],
    [
      'a cancellation',
      { ...about, template: 'booking_cancelled', data: BOOKING },
      'Booking cancelled: ',
      'CANCEL',
    ],
    [
      'a password reset',
      { ...about, template: 'password_reset', data: { name: 'Ada', token: 'r-4711' } },
      'Your new password',
      undefined,
    ],
    [
      'an invitation',
      { ...about, template: 'barber_invitation', data: invitation },
      'Main Street Barbers invites you to take a chair',
      undefined,
    ],
  ])('%s', async (_what, mail, subject, method) => {
    const arrived = await received(mail);
    expect(arrived.headers).toMatchObject({
      from: 'Freshchair <bookings@example.com>',
      to: 'ada@example.com',
      date: 'Mon, 23 Nov 2026 01:00:00 +0000',
      'auto-submitted': 'auto-generated',
      subject: expect.stringContaining(subject),
    });
    expect(partOf(arrived, 'text/plain')?.content).toMatch(/^Hello /);
    expect(partOf(arrived, 'text/html')?.content).toMatch(/^<!doctype html>/);
    const calendar = partOf(arrived, 'text/calendar');
    expect(/method=(\w+)/.exec(calendar?.headers['content-type'] ?? '')?.[1]).toBe(method);
    expect(partOf(arrived, 'application/ics')?.content).toBe(calendar?.content);
    if (method !== undefined) expect(calendar?.content).toContain(`METHOD:${method}`);
  });
});

test.each([
  ['emoji', '👩‍👩‍👧 Ada'],
  ['letters from right to left', 'عدا'],
  ['a line end', 'Ada\r\nBcc: eve'],
  ['markup', '<b>Ada</b> & "Co"'],
  ['a name as long as it may be', '理'.repeat(200)],
])('%s in a name arrive as they are, and add no header', async (_what, name) => {
  const { headers, ...mail } = await received(
    confirmation('ada@example.com', { clientName: name, shopName: name }),
  );
  const line = name.replace(/\s+/g, ' ');
  const plain = (text = '') => text.replace(/[\u2068\u2069]/g, '');
  expect(plain(headers.subject)).toBe(`Booking confirmed: Haircut at ${line}, 23 November, 10:00`);
  expect(headers).not.toHaveProperty('bcc');
  expect(plain(partOf({ headers, ...mail }, 'text/plain')?.content)).toContain(`Hello ${line},`);
});

test('a mail has the same Message-ID at every attempt, and no other mail has it', async () => {
  const first = await received(confirmation('ada@example.com'));
  await database.pool.query(
    `update mail_outbox set sent_at = null, claimed_at = null, recipient = 'ada@example.com',
       data = $1`,
    [BOOKING],
  );
  expect(await mailerOver(database.db, server.url).deliver()).toBe(1);
  const again = server.received.at(-1)?.mail;
  const second = await received(confirmation('ada@example.com'));
  expect(first.headers['message-id']).toMatch(/^<mail-\d+-\d+@example\.com>$/);
  expect(again?.headers['message-id']).toBe(first.headers['message-id']);
  expect(second.headers['message-id']).not.toBe(first.headers['message-id']);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { enqueueMail } from '../../src/mail/outbox.ts';
import { claim, endAbandoned, markFailed, markSent, putOff, release } from '../../src/mail/queue.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { confirmation } from './mails.ts';

const [ours, theirs] = [randomUUID(), randomUUID()];
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query('truncate mail_outbox');
  for (const name of ['a', 'b', 'c']) await enqueueMail(database.db, confirmation(`${name}@example.com`));
});
afterAll(() => database.close());

async function claimed(claimant: string): Promise<number> {
  const mail = await claim(database.db, claimant);
  if (mail === undefined) throw new Error('Nothing is due');
  return mail.id;
}

async function waiting(): Promise<number[]> {
  const { rows } = await database.pool.query<{ id: number }>(
    'select id from mail_outbox where claimed_at is null order by id',
  );
  return rows.map(({ id }) => id);
}

test('mails are claimed in the order in which they became due', async () => {
  const before = await waiting();
  expect([await claimed(ours), await claimed(theirs), await claimed(ours)]).toEqual(before);
  expect(await claim(database.db, ours)).toBeUndefined();
});

test('a process gives back its own claims, but for those that it handed on', async () => {
  const [handedOn, lost] = [await claimed(ours), await claimed(ours)];
  await claimed(theirs);
  await release(database.db, ours, [handedOn]);
  expect(await waiting()).toEqual([lost]);
});

test('a claim that was given up for dead ends as sent if its process lives after all', async () => {
  const id = await claimed(ours);
  await database.pool.query(
    `update mail_outbox set claimed_at = now() - interval '11 minutes' where id = $1`,
    [id],
  );
  expect(await endAbandoned(database.db)).toEqual([id]);
  expect(await endAbandoned(database.db)).toEqual([]);
  expect(await putOff(database.db, ours, id, 'late')).toEqual([]);
  await markSent(database.db, id);
  await markFailed(database.db, id, 'later still');
  const { rows } = await database.pool.query(
    'select sent_at is not null as sent, failed_at, last_error from mail_outbox where id = $1',
    [id],
  );
  expect(rows).toEqual([{ sent: true, failed_at: null, last_error: null }]);
});

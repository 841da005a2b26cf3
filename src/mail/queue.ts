import { type Kysely, type RawBuilder, sql } from 'kysely';
import { Value } from 'typebox/value';
import type { Database } from '../database/schema.ts';
import { MailContent, TEMPLATES } from './mail.ts';

export interface ClaimedMail {
  readonly id: number;
  readonly template: string;
  readonly recipient: string;
  /** Undefined where the row does not say what its template needs. */
  readonly content: MailContent | undefined;
  readonly shopId: number | null;
  readonly createdAt: Date;
}

type Db = Kysely<Database>;

/** A newer release may put in templates that this one does not know: those are left to it. */
const DUE = sql`
  claimed_at is null and sent_at is null and failed_at is null
  and send_after <= statement_timestamp() and template = any (${TEMPLATES}::text[])`;

const FORGET = sql`recipient = null, data = null, claimed_by = null`;

/** How many mails are due, counted up to `limit`. */
export async function countDue(db: Db, limit: number): Promise<number> {
  const { rows } = await sql<{ due: number }>`
    select count(*) as due from (select from mail_outbox where ${DUE} limit ${limit}) as mail`.execute(db);
  return rows[0]?.due ?? 0;
}

/** Takes the mail that has been due for longest; committed when this resolves. Two callers never get the same. */
export async function claim(db: Db, claimant: string): Promise<ClaimedMail | undefined> {
  const { rows } = await sql<Omit<ClaimedMail, 'content'> & { data: unknown }>`
    update mail_outbox set claimed_at = statement_timestamp(), claimed_by = ${claimant}
    where id = (
      select id from mail_outbox where ${DUE} order by send_after, id limit 1 for update skip locked)
    returning id, template, recipient, data, shop_id as "shopId", created_at as "createdAt"`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { data, ...mail } = row;
  const content = { template: mail.template, data };
  return { ...mail, content: Value.Check(MailContent, content) ? content : undefined };
}

/** Gives back what this process claimed without ever handing it on, as when the answer to a claim got lost. */
export async function release(db: Db, claimant: string, handedOn: readonly number[]): Promise<void> {
  await sql`
    update mail_outbox set claimed_at = null, claimed_by = null
    where claimed_by = ${claimant} and claimed_at is not null and sent_at is null and failed_at is null
      and id <> all (${handedOn}::bigint[])`.execute(db);
}

/** Also where somebody else gave the claim up for dead in the meantime: whoever knows is right. */
export async function markSent(db: Db, id: number): Promise<void> {
  await sql`
    update mail_outbox
    set sent_at = statement_timestamp(), failed_at = null, last_error = null, attempts = attempts + 1, ${FORGET}
    where id = ${id}`.execute(db);
}

export async function markFailed(db: Db, id: number, reason: string): Promise<void> {
  await sql`
    update mail_outbox
    set failed_at = statement_timestamp(), last_error = ${reason}, attempts = attempts + 1, ${FORGET}
    where id = ${id} and sent_at is null and failed_at is null`.execute(db);
}

/** Puts one of the claimant's mails off. Answers with the ids of those that were given up: this one or none. */
export function putOff(db: Db, claimant: string, id: number, reason: string): Promise<number[]> {
  const mine = sql`id = ${id} and claimed_by = ${claimant} and sent_at is null and failed_at is null`;
  return putOffWhere(db, mine, reason);
}

/** Puts off all that is due, because no mail server can be used. Answers with the ids of those that were given up. */
export function putOffDue(db: Db, reason: string): Promise<number[]> {
  const due = sql`id in (select id from mail_outbox where ${DUE} for update skip locked)`;
  return putOffWhere(db, due, reason);
}

const IS_TOO_OLD = sql`created_at < statement_timestamp() - interval '24 hours'`;

/** Pauses double from half a minute to three hours, give or take a quarter; after a day there is no other try. */
async function putOffWhere(db: Db, which: RawBuilder<unknown>, reason: string): Promise<number[]> {
  const { rows } = await sql<{ id: number; failed: boolean }>`
    update mail_outbox
    set last_error = ${reason}, claimed_at = null, claimed_by = null, attempts = attempts + 1,
      send_after = statement_timestamp() + (0.75 + random() / 2)
        * least(interval '30 seconds' * power(2, least(attempts, 10)), interval '3 hours'),
      failed_at = case when ${IS_TOO_OLD} then statement_timestamp() end,
      recipient = case when ${IS_TOO_OLD} then null else recipient end,
      data = case when ${IS_TOO_OLD} then null else data end
    where ${which}
    returning id, failed_at is not null as failed`.execute(db);
  return rows.filter(({ failed }) => failed).map(({ id }) => id);
}

/** Ends mails whose claimant died or hangs: an attempt takes two minutes at most. Answers with their ids. */
export async function endAbandoned(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update mail_outbox
    set failed_at = statement_timestamp(), last_error = 'the process that sent it ended', attempts = attempts + 1,
      ${FORGET}
    where claimed_at < statement_timestamp() - interval '10 minutes' and sent_at is null and failed_at is null
    returning id`.execute(db);
  return rows.map((row) => row.id);
}

/** Deletes mails that have come to their end, 30 days after they were written. */
export async function deleteOld(db: Db): Promise<void> {
  await sql`
    delete from mail_outbox
    where created_at < statement_timestamp() - interval '30 days' and (sent_at is not null or failed_at is not null)`.execute(
    db,
  );
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import { type Outcome, ok, refuse } from '../outcome.ts';
import { isLastOwner, LAST_OWNER, lockOwners } from './roles/role-changes.ts';

type Trx = Transaction<Database>;

/**
 * Deletes an account and whatever tells who it was; its sessions and keys end at once. Its bookings stay, of
 * nobody: their slots are taken all the same. The last administrator of all shops is refused.
 */
export async function deleteAccount(trx: Trx, userId: number): Promise<Outcome<null>> {
  // Also waits for bookings that are being made for the account, and keeps others from beginning.
  const { rows } = await sql<{ email: string }>`
    select email from "user" where id = ${userId} for update`.execute(trx);
  const [account] = rows;
  if (account === undefined) return ok(null);
  if (isLastOwner(await lockOwners(trx), userId)) return refuse(LAST_OWNER);
  await blankBookings(trx, userId);
  await deleteCorrespondence(trx, userId, account.email);
  // Answers that others got about the account are kept under keys that only they know, for a day.
  await sql`delete from idempotency_key where scope = ${`user:${userId}`}`.execute(trx);
  await sql`delete from apikey where "referenceId" = ${String(userId)}`.execute(trx);
  // Opened by an administrator in somebody else's name.
  await sql`delete from session where "impersonatedBy" = ${String(userId)}`.execute(trx);
  // Sessions, passwords and roles go along; bookings, their history and chairs lose the reference.
  await sql`delete from "user" where id = ${userId}`.execute(trx);
  return ok(null);
}

/** The notes, now and in the history. A hold tells of nobody, and lapses by itself. */
async function blankBookings(trx: Trx, userId: number): Promise<void> {
  await sql`select set_config('freshchair.actor', ${`client:${userId}`}, true)`.execute(trx);
  await sql`
    update booking
    set notes = null, guest_name = null, guest_email = null, guest_phone = null, version = version + 1,
      updated_at = statement_timestamp()
    where user_id = ${userId}`.execute(trx);
  // After the bookings, because that has just written the last notes into the history.
  await sql`
    update booking_history set changes = jsonb_set(changes, '{notes}', '[null, null]')
    where changes ? 'notes' and booking_id in (select id from booking where user_id = ${userId})`.execute(
    trx,
  );
}

async function deleteCorrespondence(trx: Trx, userId: number, email: string): Promise<void> {
  await sql`delete from mail_outbox where lower(recipient) = ${email}`.execute(trx);
  await sql`
    delete from invitation
    where lower(email) = ${email} or (accepted_at is not null
      and barber_id in (select id from barber where user_id = ${userId}))`.execute(trx);
  // better-auth keeps the address in one or the id in the other, depending on what is to be proven.
  await sql`
    delete from verification where identifier = ${email} or value = ${String(userId)}`.execute(trx);
}

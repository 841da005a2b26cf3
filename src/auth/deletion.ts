import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import { type Outcome, ok, refuse } from '../outcome.ts';
import { endAccess } from './better-auth/revocation.ts';
import { isLastOwner, LAST_OWNER, lockOwners } from './roles/role-changes.ts';

type Trx = Transaction<Database>;

/** Whose address it is nobody knows before it is verified: mails to it may be for somebody else. */
interface Owner {
  readonly id: number;
  readonly email: string;
  readonly emailVerified: boolean;
}

/**
 * Deletes an account and whatever tells who it was; its sessions and keys end at once. Its bookings stay, of
 * nobody: their slots are taken all the same. The last administrator of all shops is refused.
 */
export async function deleteAccount(trx: Trx, userId: number): Promise<Outcome<null>> {
  // Also waits for bookings that are being made for the account, and keeps others from beginning.
  const { rows } = await sql<Owner>`
    select id, email, "emailVerified" from "user" where id = ${userId} for update`.execute(trx);
  const [account] = rows;
  if (account === undefined) return ok(null);
  if (isLastOwner(await lockOwners(trx), userId)) return refuse(LAST_OWNER);
  await blankBookings(trx, userId);
  await deleteMails(trx, account);
  await deleteInvitations(trx, account);
  // Answers that others got about the account are kept under keys that only they know, for a day.
  await sql`delete from idempotency_key where scope = ${`user:${userId}`}`.execute(trx);
  await endAccess(trx, userId);
  // better-auth keeps the address in one or the id in the other, depending on what is to be proven.
  await sql`
    delete from verification where identifier = ${account.email} or value = ${String(userId)}`.execute(trx);
  // Passwords and roles go along; bookings, their history and chairs lose the reference.
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

/** Those about the account, its bookings and the invitation it came by; all that go to its address if verified. */
async function deleteMails(trx: Trx, { id, email, emailVerified }: Owner): Promise<void> {
  await sql`
    delete from mail_outbox
    where (lower(recipient) = ${email} and (${emailVerified} or template = 'password_reset'))
      or data -> 'bookingId' in (select to_jsonb(id) from booking where user_id = ${id})
      or (template = 'barber_invitation' and sha256(convert_to(data ->> 'token', 'UTF8')) in (
        select token_hash from invitation join barber on barber.id = barber_id
        where accepted_at is not null and user_id = ${id}))`.execute(trx);
}

async function deleteInvitations(trx: Trx, { id, email, emailVerified }: Owner): Promise<void> {
  await sql`
    delete from invitation
    where (${emailVerified} and lower(email) = ${email}) or (accepted_at is not null
      and barber_id in (select id from barber where user_id = ${id}))`.execute(trx);
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { enqueueMail } from '../../mail/outbox.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { hashOf, newToken } from '../../token.ts';
import { type Role, roleAt, rolesOf } from './roles.ts';

type Trx = Transaction<Database>;

export interface Invitation {
  readonly email: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** What the account that accepted has become. */
export interface Acceptance {
  /** Slug. */
  readonly shop: string;
  readonly barberId: number;
  readonly role: Role;
}

const VALID_DAYS = 7;
/** What better-auth takes for an address, and a little more: the mail decides in the end. */
const ADDRESS = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/;

const UNUSABLE: Fault = {
  code: 'validation_failed',
  field: 'token',
  detail: 'This invitation was used, withdrawn or has expired. Ask the shop for a new one.',
};

/**
 * Mails an invitation to take over a chair; it replaces an earlier one of the same chair. The token is in the
 * mail only: what is kept is its hash.
 */
export async function invite(
  trx: Trx,
  asked: { readonly shopId: number; readonly barberId: number; readonly email: string },
): Promise<Outcome<Invitation>> {
  const { shopId, barberId } = asked;
  const chair = await lockChair(trx, shopId, barberId);
  if (chair === undefined)
    return refuse({ code: 'not_found', field: 'id', detail: 'There is no such barber at this shop.' });
  const email = asked.email.trim().toLowerCase();
  const faults: Fault[] = [];
  const fault = (field: string, detail: string) => faults.push({ code: 'validation_failed', field, detail });
  // Lower case may be longer: the table has room for 254.
  if (!ADDRESS.test(email) || email.length > 254) fault('email', 'This is not an e-mail address.');
  if (!chair.active) fault('id', 'This barber has retired. Make the barber active first.');
  if (chair.userId !== null)
    fault(
      'id',
      'This barber already has an account. Unlink it first: PATCH the barber with "account": null.',
    );
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;

  const token = newToken();
  await sql`delete from invitation where barber_id = ${barberId} and accepted_at is null`.execute(trx);
  const { rows } = await sql<{ expiresAt: Date }>`
    insert into invitation (shop_id, barber_id, email, token_hash, expires_at)
    values (${shopId}, ${barberId}, ${email}, ${hashOf(token)},
      date_trunc('second', statement_timestamp()) + make_interval(days => ${VALID_DAYS}))
    returning expires_at as "expiresAt"`.execute(trx);
  const [made] = rows;
  if (made === undefined) throw new Error('An inserted invitation was not returned');
  const expiresAt = made.expiresAt.toISOString();
  const { shopName, timezone, barberName } = chair;
  const data = { shopName, timezone, barberName, token, expiresAt };
  await enqueueMail(trx, { template: 'barber_invitation', shopId, recipient: email, data });
  return ok({ email, expiresAt });
}

/** Links the account to the chair it was invited to, and makes it a barber of the shop. */
export async function acceptInvitation(
  trx: Trx,
  asked: { readonly token: string; readonly userId: number; readonly shop?: string | undefined },
): Promise<Outcome<Acceptance>> {
  const { userId } = asked;
  // One account accepts one invitation at a time: it may have one chair at a shop.
  const account = await sql`select from "user" where id = ${userId} for no key update`.execute(trx);
  if (account.rows.length === 0) return refuse(UNUSABLE);
  const found = await sql<{ id: number; shopId: number; shop: string; barberId: number }>`
    select invitation.id, invitation.shop_id as "shopId", shop.slug as shop, barber_id as "barberId"
    from invitation join shop on shop.id = invitation.shop_id
    where token_hash = ${hashOf(asked.token)} and accepted_at is null and expires_at > statement_timestamp()
      and (${asked.shop ?? null}::text is null or shop.slug = ${asked.shop ?? null})`.execute(trx);
  const [invitation] = found.rows;
  if (invitation === undefined) return refuse(UNUSABLE);
  const { shopId, shop, barberId } = invitation;
  const chair = await lockChair(trx, shopId, barberId);
  // Whoever had the lock before may have accepted, withdrawn or retired.
  if (!chair?.active || chair.userId !== null || !(await markAccepted(trx, invitation.id)))
    return refuse(UNUSABLE);
  const { rows: own } = await sql`
    select from barber where shop_id = ${shopId} and user_id = ${userId}`.execute(trx);
  if (own.length > 0)
    return refuse({
      code: 'validation_failed',
      field: 'token',
      detail: 'This account already is another barber of this shop. Sign in with the one that was invited.',
    });
  await sql`update barber set user_id = ${userId} where id = ${barberId}`.execute(trx);
  await sql`
    insert into shop_role (shop_id, user_id, role) values (${shopId}, ${userId}, 'barber')
    on conflict (shop_id, user_id) do nothing`.execute(trx);
  return ok({ shop, barberId, role: roleAt(shopId, await rolesOf(trx, userId)) });
}

interface Chair {
  readonly barberName: string;
  readonly active: boolean;
  readonly userId: number | null;
  readonly shopName: string;
  readonly timezone: string;
}

async function lockChair(trx: Trx, shopId: number, barberId: number): Promise<Chair | undefined> {
  const { rows } = await sql<Chair>`
    select barber.name as "barberName", barber.active, barber.user_id as "userId",
      shop.name as "shopName", shop.timezone
    from barber join shop on shop.id = barber.shop_id
    where barber.shop_id = ${shopId} and barber.id = ${barberId}
    for no key update of barber`.execute(trx);
  return rows[0];
}

/** False where somebody else was quicker. */
async function markAccepted(trx: Trx, id: number): Promise<boolean> {
  const { rows } = await sql`
    update invitation set accepted_at = statement_timestamp()
    where id = ${id} and accepted_at is null returning id`.execute(trx);
  return rows.length > 0;
}

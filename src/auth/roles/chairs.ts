import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';

type Trx = Transaction<Database>;

/** The chair of an account at the shop: of a barber who has not retired. Null without one. */
export async function selectChair(
  db: Kysely<Database>,
  shopId: number,
  userId: number,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from barber where shop_id = ${shopId} and user_id = ${userId} and active`.execute(db);
  return rows[0]?.id ?? null;
}

/**
 * Parts a chair from its account, which is no barber of the shop any more (an administrator stays one), and
 * withdraws the chair's invitations.
 */
export async function releaseChair(trx: Trx, shopId: number, barberId: number): Promise<void> {
  await sql`
    delete from shop_role using barber
    where barber.shop_id = ${shopId} and barber.id = ${barberId} and shop_role.role = 'barber'
      and shop_role.shop_id = barber.shop_id and shop_role.user_id = barber.user_id`.execute(trx);
  await sql`
    update barber set user_id = null
    where shop_id = ${shopId} and id = ${barberId} and user_id is not null`.execute(trx);
  await sql`delete from invitation where shop_id = ${shopId} and barber_id = ${barberId}`.execute(trx);
}

/** Leaves whatever chair the account has at the shop. */
export async function leaveChairs(trx: Trx, shopId: number, userId: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from barber where shop_id = ${shopId} and user_id = ${userId}`.execute(trx);
  for (const { id } of rows) await releaseChair(trx, shopId, id);
}

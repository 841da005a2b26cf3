import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';

type StaffRole = 'barber' | 'admin';
/** What an account may do at a shop; whoever has no other role is a client. */
export type Role = 'client' | StaffRole;

/** A role at one shop, or at all of them: then `shop` (a slug) and its id are null. */
export interface HeldRole {
  readonly shopId: number | null;
  readonly shop: string | null;
  readonly role: StaffRole;
}

export async function rolesOf(db: Kysely<Database>, userId: number): Promise<readonly HeldRole[]> {
  const { rows } = await sql<HeldRole>`
    select shop_role.shop_id as "shopId", shop.slug as shop, shop_role.role
    from shop_role left join shop on shop.id = shop_role.shop_id
    where shop_role.user_id = ${userId}
    order by shop_role.shop_id nulls first`.execute(db);
  return rows;
}

/** The highest role that these give at the shop. */
export function roleAt(shopId: number | undefined, held: readonly HeldRole[]): Role {
  const here = held.filter((role) => role.shopId === null || role.shopId === shopId).map(({ role }) => role);
  if (here.includes('admin')) return 'admin';
  return here.includes('barber') ? 'barber' : 'client';
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refuse } from '../../outcome.ts';
import { endImpersonations } from '../better-auth/revocation.ts';
import { leaveChairs } from './chairs.ts';
import type { Role } from './roles.ts';
import { type ShopUser, selectShopUser } from './shop-users.ts';

type Trx = Transaction<Database>;

export interface RoleChange {
  readonly shopId: number;
  /** Whose role it is. */
  readonly userId: number;
  /** `client` takes the role away, and the chair with it. */
  readonly role: Role;
  /** Address of the account: where it has no role at the shop yet, only administrators of all shops need not know it. */
  readonly email?: string | undefined;
  /** The administrator of the shop who does it. */
  readonly actorId: number;
}

const NOT_FOUND: Fault = {
  code: 'not_found',
  field: 'id',
  detail:
    'There is no such account, or it has no role here to take away. For a first role, "email" must be its address.',
};
export const LAST_OWNER: Fault = {
  code: 'forbidden',
  detail:
    'This is the last administrator of all shops. Make another one first, with freshchair create-admin.',
};

/**
 * Gives an account a role at the shop. To the administrator of one shop a stranger is not found without the address,
 * and an administrator of all shops not even with it, so that nobody reads names and addresses off the ids.
 */
export async function changeRole(trx: Trx, change: RoleChange): Promise<Outcome<ShopUser>> {
  const { shopId, userId, role, actorId } = change;
  const email = change.email?.trim().toLowerCase();
  await sql`select from "user" where id = ${userId} for no key update`.execute(trx);
  const before = await selectShopUser(trx, shopId, userId);
  if (before === undefined || (email !== undefined && email !== before.email)) return refuse(NOT_FOUND);
  if (before.role === 'client') {
    const isKnown = email !== undefined || (await lockOwners(trx)).includes(actorId);
    if (!isKnown || role === 'client') return refuse(NOT_FOUND);
  }

  if (before.allShops) {
    const owners = await lockOwners(trx);
    if (!owners.includes(actorId)) return refuse(NOT_FOUND);
    // Who administers all shops already administers this one.
    if (role === 'admin') return ok(before);
    if (isLastOwner(owners, userId)) return refuse(LAST_OWNER);
    await takeOwnership(trx, userId);
  }
  if (role === 'client') {
    await sql`delete from shop_role where user_id = ${userId} and shop_id = ${shopId}`.execute(trx);
    await leaveChairs(trx, shopId, userId);
  } else {
    await sql`
      insert into shop_role (shop_id, user_id, role) values (${shopId}, ${userId}, ${role})
      on conflict (shop_id, user_id) do update set role = excluded.role`.execute(trx);
  }
  const after = await selectShopUser(trx, shopId, userId);
  return after === undefined ? refuse(NOT_FOUND) : ok(after);
}

/**
 * The administrators of all shops who are not banned; until the transaction ends nobody else can make one of them
 * step down.
 */
export async function lockOwners(trx: Trx): Promise<readonly number[]> {
  const { rows } = await sql<{ userId: number }>`
    select user_id as "userId" from shop_role as held join "user" as owner on owner.id = held.user_id
    where held.shop_id is null and held.role = 'admin'
      and (owner.banned is not true or owner."banExpires" < statement_timestamp())
    order by held.id for update of held`.execute(trx);
  return rows.map(({ userId }) => userId);
}

export function isLastOwner(owners: readonly number[], userId: number): boolean {
  return owners.length === 1 && owners[0] === userId;
}

/** The role at all shops, and what better-auth lets its own administrators do and have done. */
async function takeOwnership(trx: Trx, userId: number): Promise<void> {
  await sql`delete from shop_role where user_id = ${userId} and shop_id is null`.execute(trx);
  await sql`update "user" set role = 'client' where id = ${userId}`.execute(trx);
  await endImpersonations(trx, userId);
}

import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Role } from './roles.ts';

/** An account and what it may do at one shop. */
export interface ShopUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** The role is held at all shops. */
  readonly allShops: boolean;
}

export interface ShopUsersQuery {
  readonly shopId: number;
  /** Part of a name or address; the whole address also finds an account without a role here. */
  readonly query?: string | undefined;
  readonly limit: number;
  /** Id of the last account of the page before, or 0. */
  readonly after: number;
}

/** Accounts with a role at the shop, by id; one more than `limit` where there are more. */
export async function selectShopUsers(
  db: Kysely<Database>,
  { shopId, query = '', limit, after }: ShopUsersQuery,
): Promise<ShopUser[]> {
  const wanted = query.trim().toLowerCase();
  const isWanted = sql`person.id > ${after} and (person.email = ${wanted}
    or held.found and (strpos(lower(person.name), ${wanted}) > 0 or strpos(person.email, ${wanted}) > 0))`;
  return selectWhere(db, shopId, isWanted, limit + 1);
}

export async function selectShopUser(
  db: Kysely<Database>,
  shopId: number,
  userId: number,
): Promise<ShopUser | undefined> {
  const [user] = await selectWhere(db, shopId, sql`person.id = ${userId}`, 1);
  return user;
}

async function selectWhere(
  db: Kysely<Database>,
  shopId: number,
  isWanted: RawBuilder<unknown>,
  limit: number,
): Promise<ShopUser[]> {
  const { rows } = await sql<ShopUser>`
    select person.id, person.name, person.email,
      case when held.admin then 'admin' when held.found then 'barber' else 'client' end as role,
      coalesce(held.everywhere, false) as "allShops"
    from "user" as person,
      lateral (select count(*) > 0 as found, bool_or(role = 'admin') as admin, bool_or(shop_id is null) as everywhere
        from shop_role
        where user_id = person.id and (shop_id is null or shop_id = ${shopId})) as held
    where ${isWanted}
    order by person.id
    limit ${limit}`.execute(db);
  return rows;
}

import { type Kysely, sql } from 'kysely';
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
  const { rows } = await sql<ShopUser>`
    select person.id, person.name, person.email,
      case when held.admin then 'admin' when held.found then 'barber' else 'client' end as role,
      coalesce(held.everywhere, false) as "allShops"
    from "user" as person,
      lateral (select count(*) > 0 as found, bool_or(role = 'admin') as admin, bool_or(shop_id is null) as everywhere
        from shop_role
        where user_id = person.id and (shop_id is null or shop_id = ${shopId})) as held
    where person.id > ${after}
      and (person.email = ${wanted}
        or held.found and (strpos(lower(person.name), ${wanted}) > 0 or strpos(person.email, ${wanted}) > 0))
    order by person.id
    limit ${limit + 1}`.execute(db);
  return rows;
}

export async function selectShopUser(
  db: Kysely<Database>,
  shopId: number,
  userId: number,
): Promise<ShopUser | undefined> {
  const { rows } = await sql<ShopUser>`
    select person.id, person.name, person.email,
      case when bool_or(held.role = 'admin') then 'admin' when bool_or(held.role = 'barber') then 'barber'
        else 'client' end as role,
      coalesce(bool_or(held.shop_id is null) filter (where held.id is not null), false) as "allShops"
    from "user" as person
      left join shop_role as held
        on held.user_id = person.id and (held.shop_id is null or held.shop_id = ${shopId})
    where person.id = ${userId}
    group by person.id`.execute(db);
  return rows[0];
}

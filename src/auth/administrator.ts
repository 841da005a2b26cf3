import { randomBytes } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { Accounts } from './accounts.ts';

export interface AdministratorOptions {
  readonly db: Kysely<Database>;
  readonly accounts: Accounts;
  readonly email: string;
  /** 8 to 128 characters; without it one is made up. */
  readonly password?: string | undefined;
}

export interface NewAdministrator {
  readonly email: string;
  /** Only where it was made up: the one chance to show it. */
  readonly generatedPassword?: string;
}

/** Any number; the same in all versions, so that two instances that start together make one administrator. */
const ADMINISTRATOR_LOCK = 5_713_961;

/** Makes the first administrator where there is none; otherwise undefined. */
export async function ensureAdministrator(
  options: AdministratorOptions,
): Promise<NewAdministrator | undefined> {
  return options.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${ADMINISTRATOR_LOCK})`.execute(trx);
    const owner = await trx
      .selectFrom('shop_role')
      .select('id')
      .where('shop_id', 'is', null)
      .where('role', '=', 'admin')
      .executeTakeFirst();
    return owner === undefined ? appoint(trx, options) : undefined;
  });
}

/**
 * Makes an administrator, who owns all shops. An account that has the address already becomes the administrator
 * under a new password: whoever opened it never proved that the address is theirs.
 */
export async function createAdministrator(options: AdministratorOptions): Promise<NewAdministrator> {
  return options.db.transaction().execute((trx) => appoint(trx, options));
}

/** The login of the administrator of all shops who was made first. */
export async function firstAdministrator(db: Kysely<Database>): Promise<string | undefined> {
  const first = await db
    .selectFrom('shop_role')
    .innerJoin('user', 'user.id', 'shop_role.user_id')
    .select('email')
    .where('shop_id', 'is', null)
    .where('shop_role.role', '=', 'admin')
    .orderBy('shop_role.id')
    .limit(1)
    .executeTakeFirst();
  return first?.email;
}

async function appoint(trx: Transaction<Database>, options: AdministratorOptions): Promise<NewAdministrator> {
  const { email, password = randomBytes(12).toString('base64url') } = options;
  const userId = await openAccount(options, password);
  await trx
    .insertInto('shop_role')
    .values({ shop_id: null, user_id: userId, role: 'admin' })
    .onConflict((conflict) => conflict.columns(['shop_id', 'user_id']).doUpdateSet({ role: 'admin' }))
    .execute();
  await trx.updateTable('user').set({ role: 'admin' }).where('id', '=', userId).execute();
  return options.password === undefined ? { email, generatedPassword: password } : { email };
}

/** Outside the transaction: if it fails, the next start finds the account and takes it over. */
async function openAccount({ db, accounts, email }: AdministratorOptions, password: string): Promise<number> {
  const known = await db
    .selectFrom('user')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  if (known === undefined) return accounts.create({ name: 'Administrator', email, password });
  await accounts.takeOver(known.id, password);
  return known.id;
}

import type { TestServer } from './server.ts';

export interface Appointment {
  /** Id of the shop; without it the role is held at all shops. */
  readonly shop?: number;
  readonly role: 'barber' | 'admin';
  /** Id of the chair that becomes the account's own. */
  readonly barber?: number;
}

let appointed = 0;

/** Signs somebody new up, gives the role, and answers with the token. */
export async function appoint(server: TestServer, { shop, role, barber }: Appointment): Promise<string> {
  const { db } = server.database;
  const email = `staff-${++appointed}@example.com`;
  const token = await server.signUp(email);
  const { id } = await db
    .selectFrom('user')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('shop_role')
    .values({ shop_id: shop ?? null, user_id: id, role })
    .execute();
  if (barber !== undefined)
    await db.updateTable('barber').set({ user_id: id }).where('id', '=', barber).execute();
  return token;
}

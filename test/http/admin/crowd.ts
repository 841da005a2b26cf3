import { sql } from 'kysely';
import { untilWaiting } from '../../support/waiting.ts';
import type { TestServer } from '../server.ts';

/** What becomes of requests that all arrive while somebody else changes the shop: they wait, and go on at once. */
export async function atOnce<T>(
  { database }: TestServer,
  shopId: number,
  requests: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const under = await database.db.transaction().execute(async (trx) => {
    await sql`select from shop where id = ${shopId} for no key update`.execute(trx);
    const answers = requests.map((request) => request());
    await untilWaiting(database, requests.length);
    return { answers };
  });
  return Promise.all(under.answers);
}

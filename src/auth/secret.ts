import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/schema.ts';
import { newToken } from '../token.ts';

/**
 * The secret of this name: made up by whichever process asks first, and the same from then on for every
 * instance on this database. It lives in Postgres because it guards nothing but what Postgres holds anyway.
 */
export async function keptSecret(db: Kysely<Database>, name: string): Promise<string> {
  await sql`
    insert into secret (name, value) values (${name}, ${newToken()})
    on conflict (name) do nothing`.execute(db);
  const { rows } = await sql<{ value: string }>`select value from secret where name = ${name}`.execute(db);
  const [kept] = rows;
  if (kept === undefined) throw new Error(`The secret "${name}" was removed while it was read`);
  return kept.value;
}

import { type Kysely, sql } from 'kysely';
import type { Database } from '../../src/database/schema.ts';

/** Every table with its number of rows and a digest of them: equal where nothing was written. */
export async function contentsOf(db: Kysely<Database>): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`.execute(db);
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ digest: string }>`
      select count(*) || ' ' || md5(coalesce(string_agg(line, chr(10) order by line), '')) as digest
      from (select kept::text as line from ${sql.table(name)} as kept) as lines`.execute(db);
    contents[name] = rows[0]?.digest ?? '';
  }
  return contents;
}

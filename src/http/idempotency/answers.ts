import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { ProblemError, problem } from '../problem.ts';
import { type KeptAnswer, seal, unseal } from './kept-answer.ts';
import type { Repeatable } from './repeatable.ts';

interface Row {
  readonly request_hash: Buffer;
  readonly status: number;
  readonly response: { readonly sealed: string };
}

/**
 * The answer that is kept for this request. In passing it deletes up to 100 that nobody can ask for any more, so
 * that more go than come.
 *
 * @throws ProblemError (422) where the key was used for something else
 */
export async function findAnswer(
  db: Kysely<Database>,
  repeatable: Repeatable,
): Promise<KeptAnswer | undefined> {
  const { scope, route, name } = repeatable;
  const { rows } = await sql<Row>`
    with lapsed as materialized (
      select scope, route, key from idempotency_key where created_at < now() - interval '24 hours'
      order by created_at limit 100 for update skip locked
    ), purged as (
      delete from idempotency_key as kept using lapsed
      where (kept.scope, kept.route, kept.key) = (lapsed.scope, lapsed.route, lapsed.key)
    )
    select request_hash, status, response from idempotency_key
    where (scope, route, key) = (${scope}, ${route}, ${name})
      and created_at >= now() - interval '24 hours'`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  if (!row.request_hash.equals(repeatable.requestHash)) throw mismatch();
  return unseal(row.status, row.response.sealed, repeatable.secret);
}

/**
 * Keeps the answer, or finds the one that a twin of this request kept first: then that is the answer. It waits
 * for a twin that is about to commit.
 *
 * @throws ProblemError (422) where the key was used for something else meanwhile
 */
export async function keepOrFind(
  db: Kysely<Database>,
  repeatable: Repeatable,
  answer: KeptAnswer,
): Promise<KeptAnswer | undefined> {
  // Between the two statements the twin's answer may lapse, or go with its account.
  for (;;) {
    if (await insertAnswer(db, repeatable, answer)) return undefined;
    const first = await findAnswer(db, repeatable);
    if (first !== undefined) return first;
  }
}

async function insertAnswer(
  db: Kysely<Database>,
  { scope, route, name, requestHash, secret }: Repeatable,
  answer: KeptAnswer,
): Promise<boolean> {
  const response = JSON.stringify({ sealed: seal(answer, secret) });
  const { rows } = await sql`
    insert into idempotency_key as kept (scope, route, key, request_hash, status, response)
    values (${scope}, ${route}, ${name}, ${requestHash}, ${answer.status}, ${response}::jsonb)
    on conflict (scope, route, key) do update
      set request_hash = excluded.request_hash, status = excluded.status, response = excluded.response,
        created_at = excluded.created_at
      where kept.created_at < now() - interval '24 hours'
    returning 1`.execute(db);
  return rows.length > 0;
}

function mismatch(): ProblemError {
  const detail = 'This Idempotency-Key was used for another request. Take a new one for each.';
  return new ProblemError(problem('idempotency_mismatch', detail));
}

import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/schema.ts';

/** Longer than any healthy Postgres takes, shorter than a load balancer waits. */
const PATIENCE_MS = 2_000;

/** Asks Postgres whether it is there; whoever asks meanwhile gets the same answer. */
export function createDatabaseProbe(db: Kysely<Database>): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined;
  return () => {
    asking ??= ask(db).finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

function ask(db: Kysely<Database>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS, false);
    sql`select 1`
      .execute(db)
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(() => clearTimeout(timer));
  });
}

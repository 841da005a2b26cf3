import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { isRetryable } from './errors.ts';
import type { Database } from './schema.ts';

export interface TransactionOptions {
  /** Runs of `work` at most, the first one included; default 5. */
  readonly attempts?: number;
}

/** Doubles per attempt: two transactions that deadlocked must not meet again in step. */
const FIRST_PAUSE_MS = 10;

/**
 * Runs `work` in a transaction, and again from the start when Postgres gave up on it for a deadlock or a
 * serialization failure. `work` must therefore have no effect outside the transaction.
 */
export async function transaction<T>(
  db: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const { attempts = 5 } = options;
  // Whatever the server's default is: who waited for a lock must then see what the other one did.
  const builder = db.transaction().setIsolationLevel('read committed');
  for (let attempt = 1; ; attempt++) {
    try {
      return await builder.execute(work);
    } catch (error) {
      if (attempt >= attempts || !isRetryable(error)) throw error;
      await sleep(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}

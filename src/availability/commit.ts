import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import { transaction } from '../database/transaction.ts';
import { changesOf } from './cache/version-queries.ts';
import type { VersionChange } from './versions.ts';

/**
 * Runs a write in one transaction, and makes the versions that it counted up known to this instance before it
 * resolves. It may run `write` several times (deadlocks), and undoes what it did when it throws.
 */
export type Commit = <T>(write: (trx: Transaction<Database>) => Promise<T>) => Promise<T>;

export function createCommit(
  db: Kysely<Database>,
  onChanges: (changes: readonly VersionChange[]) => void,
): Commit {
  return async (write) => {
    const { result, changes } = await transaction(db, async (trx) => ({
      result: await write(trx),
      changes: await changesOf(trx),
    }));
    onChanges(changes);
    return result;
  };
}

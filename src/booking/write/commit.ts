import type { Kysely, Transaction } from 'kysely';
import { createCommit } from '../../availability/commit.ts';
import type { VersionChange } from '../../availability/versions.ts';
import type { Clock } from '../../clock.ts';
import { isExclusionViolation, isForeignKeyViolation } from '../../database/errors.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, type Refusal, refuse } from '../../outcome.ts';
import type { Objection } from '../decision.ts';

export interface WriteContext {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  /** Told of the versions that a write counted up, after it was committed and before it is answered. */
  readonly onChanges: (changes: readonly VersionChange[]) => void;
}

/** The slot went to somebody else, or the rules changed, between the look and the lock. */
export interface Lost {
  readonly kind: 'lost';
  readonly objection: Objection;
}

/** What refers to an account: whose booking it is, and who changed it. */
const ACCOUNTS = ['booking_user_id_fkey', 'booking_history_actor_id_fkey'];
const ACCOUNT_IS_GONE: Fault = { code: 'not_found', detail: 'The account was deleted just now.' };

/** Carries what is not to be written out of the transaction, which it undoes. */
class Undone extends Error {
  readonly outcome: Refusal | Lost;

  constructor(outcome: Refusal | Lost) {
    super('The transaction was given up');
    this.outcome = outcome;
  }
}

/**
 * Runs a write in one transaction and makes its versions known before it is answered; what is refused or lost
 * leaves nothing behind. The one place where Postgres decides that a slot is taken.
 */
export async function commit<T>(
  { db, onChanges }: WriteContext,
  write: (trx: Transaction<Database>) => Promise<Outcome<T> | Lost>,
): Promise<Outcome<T> | Lost> {
  try {
    return await createCommit(
      db,
      onChanges,
    )(async (trx) => {
      const outcome = await write(trx);
      if (outcome.kind !== 'ok') throw new Undone(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    if (isExclusionViolation(error)) return { kind: 'lost', objection: 'booked' };
    if (ACCOUNTS.some((constraint) => isForeignKeyViolation(error, constraint)))
      return refuse(ACCOUNT_IS_GONE);
    throw error;
  }
}

import type { Kysely, Transaction } from 'kysely';
import { changesOf } from '../../availability/cache/version-queries.ts';
import type { VersionChange } from '../../availability/versions.ts';
import type { Clock } from '../../clock.ts';
import { isExclusionViolation } from '../../database/errors.ts';
import type { Database } from '../../database/schema.ts';
import { transaction } from '../../database/transaction.ts';
import type { Outcome } from '../../outcome.ts';
import type { Objection } from '../decision.ts';
import { selectBooking } from '../queries.ts';
import type { Booking } from '../types/bookings.ts';

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

/**
 * Runs a write in one transaction and makes its versions known before it is answered. The one place where
 * Postgres decides that a slot is taken.
 */
export async function commit(
  { db, onChanges }: WriteContext,
  write: (trx: Transaction<Database>) => Promise<Outcome<Booking> | Lost>,
): Promise<Outcome<Booking> | Lost> {
  try {
    const { result, changes } = await transaction(db, async (trx) => {
      const result = await write(trx);
      // A refusal wrote nothing, and a crowd waits behind its locks.
      return { result, changes: result.kind === 'ok' ? await changesOf(trx) : [] };
    });
    onChanges(changes);
    return result;
  } catch (error) {
    if (isExclusionViolation(error)) return { kind: 'lost', objection: 'booked' };
    throw error;
  }
}

/** The booking as the transaction has just written it. */
export async function written(
  trx: Transaction<Database>,
  id: number,
  userId: number,
): Promise<Outcome<Booking>> {
  const value = await selectBooking(trx, { bookingId: id, userId });
  if (value === undefined) throw new Error(`Booking ${id} is not there in its own transaction`);
  return { kind: 'ok', value };
}

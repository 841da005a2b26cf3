import { sql, type Transaction } from 'kysely';
import { createCommit } from '../../availability/commit.ts';
import { bookingWindow } from '../../calendar/slots.ts';
import { formatInstant } from '../../calendar/time.ts';
import type { Database } from '../../database/schema.ts';
import { type Outcome, ok, type Refusal, refuse } from '../../outcome.ts';
import { hashOf, newToken } from '../../token.ts';
import { selectLiveHold } from '../holds.ts';
import type { Hold, HoldOptions, WriteOptions } from '../types/bookings.ts';
import { commit, type WriteContext } from './commit.ts';
import { carryOut } from './create.ts';
import { deleteHold } from './statements.ts';

/** One for the slot that is looked at and one for the next, while it is changed. */
const HOLDS_PER_VISITOR = 2;

/** Keeps a slot free for whoever has the token, until it is booked, released or runs out. */
export async function holdSlot(
  context: WriteContext,
  { visitor, inTransaction, ...request }: HoldOptions,
): Promise<Outcome<Hold>> {
  const holdToken = newToken();
  const outcome = await carryOut<Hold>(context, {
    request,
    faults: [],
    actor: { role: 'guest' },
    party: { status: 'held', held_by: visitor, hold_token_hash: hashOf(holdToken) },
    window: bookingWindow,
    check: (trx) => refuseThird(trx, visitor),
    async answer(trx, _id, { timezone }) {
      const hold = await selectLiveHold(trx, holdToken);
      if (hold === undefined) throw new Error('A hold is live in its own transaction');
      return {
        holdToken,
        expiresAt: new Date(hold.lapsesAt).toISOString(),
        barberId: hold.barberId,
        start: formatInstant(hold.startsAt, timezone),
      };
    },
    inTransaction,
  });
  // One that fails is made up for by the next; the hold stands.
  if (outcome.kind === 'ok') await purgeHolds(context).catch(() => {});
  return outcome;
}

/** Lapsed holds are nothing to anybody, but who held what is not kept for longer than it must be. */
const PURGED_AT_ONCE = 20;

/** In a transaction of its own, and past what others are just working on: it must hold up nobody. */
async function purgeHolds({ db, onChanges }: WriteContext): Promise<void> {
  await createCommit(
    db,
    onChanges,
  )((trx) =>
    sql`
      delete from booking where id in (
        select id from booking
        where status = 'held' and lapses_at < statement_timestamp() - interval '1 hour'
        limit ${PURGED_AT_ONCE} for update skip locked)`.execute(trx),
  );
}

/** Frees the slot before the hold runs out. */
export async function releaseHold(
  context: WriteContext,
  { holdToken, inTransaction }: { readonly holdToken: string } & WriteOptions<null>,
): Promise<Outcome<null>> {
  const outcome = await commit<null>(context, async (trx) => {
    if (!(await deleteHold(trx, holdToken))) {
      return refuse({
        code: 'not_found',
        field: 'holdToken',
        detail: 'This hold has run out, or never was.',
      });
    }
    await inTransaction?.(trx, null);
    return ok(null);
  });
  if (outcome.kind === 'lost') throw new Error('To let go of a slot takes none');
  return outcome;
}

/** One after the other for each visitor, or two requests at once would both be the second. */
async function refuseThird(trx: Transaction<Database>, visitor: string): Promise<Refusal | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`hold ${visitor}`}, 0))`.execute(trx);
  const { rows } = await sql<{ live: number; wait: number }>`
    select count(*)::integer as live,
      greatest(1, ceil(extract(epoch from min(lapses_at) - clock_timestamp())))::integer as wait
    from booking
    where held_by = ${visitor} and status = 'held' and lapses_at > clock_timestamp()`.execute(trx);
  const { live, wait } = rows[0] ?? { live: 0, wait: 1 };
  if (live < HOLDS_PER_VISITOR) return undefined;
  const detail = `You hold ${live} slots already. Book or release one of them first.`;
  return refuse({ code: 'rate_limited', detail, retryAfter: wait });
}

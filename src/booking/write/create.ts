import { createPostgresSource } from '../../availability/postgres/postgres-source.ts';
import { NO_SHOP, type Outcome, type Refusal, refuse } from '../../outcome.ts';
import { faultOf, nearestObjection, type Objection, objections, objectionWithin } from '../decision.ts';
import { wishOf } from '../request.ts';
import type { Booking, CreateBookingOptions } from '../types/bookings.ts';
import { inOrderOfAssignment } from './assignment.ts';
import { commit, type Lost, type WriteContext, written } from './commit.ts';
import { actAs, deleteLapsedHolds, insertBooking, lockForBooking, occupiedBy } from './statements.ts';

/**
 * Books the barber asked for, or whoever is free by the shop's policy; who loses a race goes on to the next. All
 * of it on one connection: of a crowd after one slot, most then find it taken when they first look.
 */
export function createBooking(
  context: WriteContext,
  options: CreateBookingOptions,
): Promise<Outcome<Booking>> {
  return context.db.connection().execute((db) => bookOn({ ...context, db }, options));
}

async function bookOn(context: WriteContext, options: CreateBookingOptions): Promise<Outcome<Booking>> {
  const { db, clock } = context;
  const source = createPostgresSource(db);
  const shopId = await source.find(options.shop);
  const rules = shopId === undefined ? undefined : (await source.rules(shopId))?.value;
  if (rules === undefined) return refuse(NO_SHOP);
  const wish = wishOf(rules, options);
  if ('kind' in wish) return wish;

  const against = await objections(source, rules, wish.candidates, wish.instant, clock.now());
  const free = wish.candidates.filter((_, i) => against[i] === undefined).map(({ barber }) => barber.id);
  const known = against.filter((objection) => objection !== undefined);
  if (free.length === 0) return refuse(faultOf(nearestObjection(known), rules));
  const lost: Objection[] = [];
  let refusal: Refusal | undefined;
  for (const barberId of await inOrderOfAssignment(db, rules, free, wish.instant, options.userId)) {
    const attempt = await attemptBooking(context, rules.id, { ...options, barberId });
    if (attempt.kind === 'ok') return attempt;
    if (attempt.kind === 'lost') lost.push(attempt.objection);
    // Where the shop chose, a barber who is gone meanwhile is nobody's fault: the next one is asked.
    else refusal = attempt;
  }
  return lost.length === 0 && refusal !== undefined
    ? refusal
    : refuse(faultOf(nearestObjection([...known, ...lost]), rules));
}

/** One transaction for one barber; everything is read again under its locks. */
function attemptBooking(
  context: WriteContext,
  shopId: number,
  options: CreateBookingOptions & { barberId: number },
): Promise<Outcome<Booking> | Lost> {
  const { userId, barberId, notes } = options;
  return commit(context, async (trx) => {
    await lockForBooking(trx, shopId, [barberId]);
    const rules = (await createPostgresSource(trx).rules(shopId))?.value;
    if (rules === undefined) return refuse(NO_SHOP);
    const wish = wishOf(rules, options);
    if ('kind' in wish) return wish;
    const [candidate] = wish.candidates;
    if (candidate === undefined) throw new Error('A wish for one barber has one candidate');
    const objection = await objectionWithin(trx, rules, candidate, wish.instant, context.clock.now());
    if (objection !== undefined) return { kind: 'lost', objection };
    const occupied = occupiedBy(wish.instant, candidate.time);
    await actAs(trx, { role: 'client', userId });
    await deleteLapsedHolds(trx, barberId, occupied);
    const id = await insertBooking(trx, rules, candidate, wish.service, occupied, {
      userId,
      notes: notes ?? null,
    });
    return written(trx, id, userId);
  });
}

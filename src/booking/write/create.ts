import type { Transaction } from 'kysely';
import { createPostgresSource } from '../../availability/postgres/postgres-source.ts';
import { rulesOfShop } from '../../availability/source.ts';
import type { BookingWindow } from '../../calendar/slots.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, NO_SHOP, type Outcome, ok, type Refusal, refuse } from '../../outcome.ts';
import type { ShopRules } from '../../shop/rules.ts';
import { faultOf, nearestObjection, type Objection, objections, objectionWithin } from '../decision.ts';
import { HOLD_IS_OVER, type LiveHold, selectLiveHold } from '../holds.ts';
import { wishOf } from '../request.ts';
import type { Request, WriteOptions } from '../types/bookings.ts';
import { inOrderOfAssignment } from './assignment.ts';
import { commit, type Lost, type WriteContext } from './commit.ts';
import {
  type Actor,
  actAs,
  deleteHold,
  deleteLapsedHolds,
  insertBooking,
  lockForBooking,
  occupiedBy,
  type Party,
} from './statements.ts';

/** What is to be stored, for whom and by whom. */
export interface Plan<T> extends WriteOptions<T> {
  readonly request: Request;
  /** What is wrong with the rest of what was sent; told together with what is wrong with the request. */
  readonly faults: readonly Fault[];
  readonly actor: Actor;
  readonly party: Party;
  /** The account whose usual barber comes first, where the shop chooses so. */
  readonly clientId?: number | undefined;
  readonly holdToken?: string | undefined;
  /** When it may start. */
  readonly window: (rules: ShopRules, now: number) => BookingWindow;
  /** Runs in the transaction before anything is written; its fault refuses the whole. */
  readonly check?: (trx: Transaction<Database>, rules: ShopRules) => Promise<Refusal | undefined>;
  /** What is answered, read in the transaction that stored it, by the rules it was decided on. */
  readonly answer: (trx: Transaction<Database>, id: number, rules: ShopRules) => Promise<T>;
}

/**
 * Stores a booking or a hold with the barber asked for, or with whoever is free by the shop's policy; who loses a
 * race goes on to the next. All of it on one connection: of a crowd after one slot, most then find it taken when
 * they first look.
 */
export function carryOut<T>(context: WriteContext, plan: Plan<T>): Promise<Outcome<T>> {
  return context.db.connection().execute((db) => storeOn({ ...context, db }, plan));
}

async function storeOn<T>(context: WriteContext, plan: Plan<T>): Promise<Outcome<T>> {
  const { db, clock } = context;
  const { request, holdToken } = plan;
  const source = createPostgresSource(db);
  const rules = await rulesOfShop(source, request.shop);
  if (rules === undefined) return refuse(NO_SHOP);
  const hold = holdToken === undefined ? undefined : await selectLiveHold(db, holdToken);
  const own = hold?.shopId === rules.id ? hold : undefined;
  const over = holdToken !== undefined && own === undefined ? [HOLD_IS_OVER] : [];
  const wish = wishOf(rules, request, plan.faults);
  if ('kind' in wish) return refuse(...wish.faults, ...over);

  const candidates = heldFirst(wish.candidates, request, own, wish.instant);
  const window = plan.window(rules, clock.now());
  const load = (query: Parameters<typeof source.load>[0]) => source.loadWithout(own?.id ?? 0, query);
  const against = await objections({ load }, rules, candidates, wish.instant, window);
  const free = candidates.filter((_, i) => against[i] === undefined).map(({ barber }) => barber.id);
  const known = against.filter((objection) => objection !== undefined);
  if (free.length === 0) {
    const fault = faultOf(nearestObjection(known), rules);
    // Whoever lost the slot with the hold wants to know just that.
    return fault.code === 'slot_taken' ? refuse(fault) : refuse(fault, ...over);
  }
  const [isOver] = over;
  if (isOver !== undefined) return refuse(isOver);

  const lost: Objection[] = [];
  let refusal: Refusal | undefined;
  for (const barberId of await inOrderOfAssignment(db, rules, free, wish.instant, plan.clientId)) {
    const attempt = await attemptWith(context, rules.id, barberId, plan);
    if (attempt.kind === 'ok') return attempt;
    if (attempt.kind === 'lost') lost.push(attempt.objection);
    // Where the shop chose, a barber who is gone meanwhile is nobody's fault: the next one is asked.
    else if (attempt.faults.some(({ field }) => field === 'barberId' || field === 'service'))
      refusal = attempt;
    else return attempt;
  }
  return lost.length === 0 && refusal !== undefined
    ? refusal
    : refuse(faultOf(nearestObjection([...known, ...lost]), rules));
}

/** Who holds the very time that is asked for gets the barber who is held, unless another one is named. */
function heldFirst<C extends { readonly barber: { readonly id: number } }>(
  candidates: readonly C[],
  { barberId }: Request,
  hold: LiveHold | undefined,
  instant: number,
): readonly C[] {
  if (hold === undefined || barberId !== undefined || hold.startsAt !== instant) return candidates;
  const held = candidates.filter(({ barber }) => barber.id === hold.barberId);
  return held.length === 0 ? candidates : held;
}

/** One transaction for one barber; everything is read again under its locks. */
function attemptWith<T>(
  context: WriteContext,
  shopId: number,
  barberId: number,
  plan: Plan<T>,
): Promise<Outcome<T> | Lost> {
  return commit(context, async (trx): Promise<Outcome<T> | Lost> => {
    await lockForBooking(trx, shopId, [barberId]);
    const rules = (await createPostgresSource(trx).rules(shopId))?.value;
    if (rules === undefined) return refuse(NO_SHOP);
    const wish = wishOf(rules, { ...plan.request, barberId });
    if ('kind' in wish) return wish;
    const [candidate] = wish.candidates;
    if (candidate === undefined) throw new Error('A wish for one barber has one candidate');
    const refusal = await plan.check?.(trx, rules);
    if (refusal !== undefined) return refusal;
    if (plan.holdToken !== undefined) await deleteHold(trx, plan.holdToken);
    const window = plan.window(rules, context.clock.now());
    const objection = await objectionWithin(trx, rules, candidate, wish.instant, window);
    if (objection !== undefined) return { kind: 'lost', objection };
    const occupied = occupiedBy(wish.instant, candidate.time);
    await actAs(trx, plan.actor);
    await deleteLapsedHolds(trx, barberId, occupied);
    const id = await insertBooking(trx, rules, candidate, wish.service, occupied, plan.party);
    const value = await plan.answer(trx, id, rules);
    await plan.inTransaction?.(trx, value);
    return ok(value);
  });
}

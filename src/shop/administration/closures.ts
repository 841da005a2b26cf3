import { type Kysely, sql, type Transaction } from 'kysely';
import { addDays, isDate } from '../../calendar/time.ts';
import type { LocalRange } from '../../calendar/working-time.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import type { Holiday } from '../holidays.ts';
import { readLocalRange, type WrittenRange } from '../local-range.ts';
import { lockShop } from './shops.ts';
import { SHOWN_RANGE, YEARS_SHOWN } from './shown-range.ts';

/** A time at which nobody works at the shop, in its local date-times. */
export interface Closure {
  readonly id: number;
  readonly range: LocalRange;
  readonly reason: string | null;
}

export interface NewClosure extends WrittenRange {
  readonly reason?: string | null | undefined;
}

const NO_CLOSURE: Fault = { code: 'not_found', field: 'id', detail: 'There is no such closure.' };

interface ClosurePage {
  /** Dates, both included: only closures that touch them. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly after: number;
}

/** The shop's closures by id; one more than `limit` where there are more. */
export async function selectClosures(
  db: Kysely<Database>,
  shopId: number,
  { from, to, limit, after }: ClosurePage,
): Promise<Outcome<Closure[]>> {
  const faults = Object.entries({ from, to }).flatMap(([field, date]): Fault[] => {
    const detail = 'This is not a date. Use YYYY-MM-DD, and a day that exists.';
    return date === undefined || isDate(date) ? [] : [{ code: 'validation_failed', field, detail }];
  });
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  const beyond = to === undefined ? null : addDays(to, 1);
  const { rows } = await sql<Closure>`
    select id, ${SHOWN_RANGE} as range, reason from closure
    where shop_id = ${shopId} and id > ${after} and during && ${YEARS_SHOWN}
      and (${from ?? null}::timestamp is null or upper(during) > ${from ?? null})
      and (${beyond}::timestamp is null or lower(during) < ${beyond})
    order by id limit ${limit + 1}`.execute(db);
  return ok(rows);
}

/** Closes the shop, whatever is booked then. */
export async function createClosure(
  trx: Transaction<Database>,
  shopId: number,
  closure: NewClosure,
): Promise<Outcome<Closure>> {
  const faults: Fault[] = [];
  const range = readLocalRange(closure, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  const made = await insertClosures(trx, shopId, range ? [{ range, reason: closure.reason ?? null }] : []);
  return ok(only(made));
}

/** Closes the shop on each of these days that is not wholly closed already; answers with what was added. */
export async function closeOnHolidays(
  trx: Transaction<Database>,
  shopId: number,
  holidays: readonly Holiday[],
): Promise<Closure[]> {
  // Who imports the same holidays at once waits, and then finds them.
  await lockShop(trx, shopId);
  const { rows } = await sql<{ date: string }>`
    select date::text from unnest(${holidays.map(({ date }) => date)}::date[]) as date,
      tsrange(date, date + 1) as day
    where not coalesce(
      (select range_agg(during) @> day from closure where shop_id = ${shopId} and during && day), false)`.execute(
    trx,
  );
  const open = new Set(rows.map(({ date }) => date));
  const added = holidays
    .filter(({ date }) => open.has(date))
    .map(({ date, name }) => ({
      range: { from: `${date}T00:00`, to: `${addDays(date, 1)}T00:00` },
      reason: name.slice(0, 200),
    }));
  return insertClosures(trx, shopId, added);
}

/** Takes a closure back. */
export async function deleteClosure(
  trx: Transaction<Database>,
  shopId: number,
  id: number,
): Promise<Outcome<null>> {
  const { numDeletedRows } = await trx
    .deleteFrom('closure')
    .where('shop_id', '=', shopId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n ? ok(null) : refuse(NO_CLOSURE);
}

async function insertClosures(
  trx: Transaction<Database>,
  shopId: number,
  closures: readonly Omit<Closure, 'id'>[],
): Promise<Closure[]> {
  if (closures.length === 0) return [];
  // Not as JSON: half a surrogate pair, which a text from outside may have, is an error there.
  const [froms, tos] = [closures.map(({ range }) => range.from), closures.map(({ range }) => range.to)];
  const { rows } = await sql<Closure>`
    insert into closure (shop_id, during, reason)
    select ${shopId}, tsrange("from", "to"), reason
    from unnest(${froms}::timestamp[], ${tos}::timestamp[], ${closures.map(({ reason }) => reason)}::text[])
      as planned ("from", "to", reason)
    returning id, ${SHOWN_RANGE} as range, reason`.execute(trx);
  return rows;
}

function only([closure]: readonly Closure[]): Closure {
  if (closure === undefined) throw new Error('A range without faults was not inserted');
  return closure;
}

import { type Kysely, sql, type Transaction } from 'kysely';
import { addDays } from '../../calendar/time.ts';
import type { LocalRange } from '../../calendar/working-time.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refusalOf } from '../../outcome.ts';
import type { Holiday } from '../holidays.ts';
import { readLocalRange, type WrittenRange } from './local-range.ts';
import { lockShop } from './shops.ts';

/** A time at which nobody works at the shop, in its local date-times. */
export interface Closure {
  readonly id: number;
  readonly range: LocalRange;
  readonly reason: string | null;
}

export interface NewClosure extends WrittenRange {
  readonly reason?: string | null | undefined;
}

interface ClosurePage {
  /** Dates, both included: only closures that touch them. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor: number;
  readonly limit: number;
}

/** The shop's closures in the order of their ids. */
export async function selectClosures(
  db: Kysely<Database>,
  shopId: number,
  { from, to, cursor, limit }: ClosurePage,
): Promise<Closure[]> {
  const { rows } = await sql<Closure>`
    select id, ${SHOWN} from closure, ${YEARS_SHOWN} as years
    where shop_id = ${shopId} and id > ${cursor}
      and during && years * tsrange(${from ?? null}::date, ${to === undefined ? null : addDays(to, 1)}::date)
    order by id limit ${limit}`.execute(db);
  return rows;
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
  if (refusal !== undefined || range === undefined) return refusal ?? neverRead();
  const [made] = await insertClosures(trx, shopId, [{ range, reason: closure.reason ?? null }]);
  return made === undefined ? neverRead() : ok(made);
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

/** Takes a closure back; answers whether it was there. */
export async function deleteClosure(
  trx: Transaction<Database>,
  shopId: number,
  id: number,
): Promise<boolean> {
  const deleted = await trx
    .deleteFrom('closure')
    .where('shop_id', '=', shopId)
    .where('id', '=', id)
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/** What was typed by hand may lie anywhere: the years that a date on the wire can have. */
const YEARS_SHOWN = sql`tsrange('1970-01-01', '9999-12-31')`;
const SHOWN = sql`
  json_build_object(
    'from', to_char(lower(during * ${YEARS_SHOWN}), 'YYYY-MM-DD"T"HH24:MI'),
    'to', to_char(upper(during * ${YEARS_SHOWN}), 'YYYY-MM-DD"T"HH24:MI')) as range, reason`;

async function insertClosures(
  trx: Transaction<Database>,
  shopId: number,
  closures: readonly Omit<Closure, 'id'>[],
): Promise<Closure[]> {
  if (closures.length === 0) return [];
  const rows = closures.map(({ range, reason }) => ({ ...range, reason }));
  const inserted = await sql<Closure>`
    insert into closure (shop_id, during, reason)
    select ${shopId}, tsrange("from", "to"), reason
    from json_to_recordset(${JSON.stringify(rows)}::json) as planned ("from" timestamp, "to" timestamp, reason text)
    returning id, ${SHOWN}`.execute(trx);
  return inserted.rows;
}

function neverRead(): never {
  throw new Error('A range without faults was not read');
}

import { type Kysely, sql, type Transaction } from 'kysely';
import { isDate } from '../../calendar/time.ts';
import type { Period } from '../../calendar/working-time.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { readPeriods, type WrittenPeriod, writtenPeriod } from '../week.ts';
import { findBarber, lockBarber } from './barbers.ts';

type Trx = Transaction<Database>;

/** What replaces a barber's weekly hours on one date, in wall minutes; no periods: a day off. */
export interface Override {
  readonly date: string;
  readonly periods: readonly Period[];
}

/** First and last date that are of interest; without them there is no end. */
export interface DateRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The earliest first. */
export async function findOverrides(
  db: Kysely<Database>,
  shopId: number,
  barberId: number,
  { from, to }: DateRange,
): Promise<Outcome<Override[]>> {
  const barber = await findBarber(db, shopId, barberId);
  if (barber.kind === 'refused') return barber;
  const refusal = refusalOf(dateRangeFaults({ from, to }));
  if (refusal !== undefined) return refusal;
  const { rows } = await sql<Override>`
    select date, coalesce(json_agg(json_build_object('opens', lower(span), 'closes', upper(span)) order by span)
      filter (where opens is not null), '[]') as periods
    from date_override
    where barber_id = ${barberId} and daterange(${from ?? '1970-01-01'}, ${to ?? '9999-12-31'}, '[]') @> date
    group by date order by date`.execute(db);
  return ok(rows);
}

/** Whose it is. */
export interface OwnOverride extends Override {
  readonly barberId: number;
}

/** Of these barbers, from one date to another. */
export async function findOverridesOf(
  db: Kysely<Database>,
  barberIds: readonly number[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<OwnOverride[]> {
  const { rows } = await sql<OwnOverride>`
    select barber_id as "barberId", date,
      coalesce(json_agg(json_build_object('opens', lower(span), 'closes', upper(span)) order by span)
        filter (where opens is not null), '[]') as periods
    from date_override
    where barber_id = any (${[...barberIds]}::integer[]) and date between ${from}::date and ${to}::date
    group by barber_id, date`.execute(db);
  return rows;
}

/** Replaces what was there for the date. */
export async function replaceOverride(
  trx: Trx,
  shopId: number,
  barberId: number,
  written: { readonly date: string; readonly periods: readonly WrittenPeriod[] },
): Promise<Outcome<Override>> {
  const barber = await lockBarber(trx, shopId, barberId);
  if (barber.kind === 'refused') return barber;
  const { date } = written;
  const faults: Fault[] = [...dateFaults(date, 'date')];
  const periods = readPeriods(written.periods, 'periods', faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  const rows = periods.length === 0 ? [{}] : periods.map(writtenPeriod);
  await deleteOverride(trx, barberId, date);
  await sql`
    insert into date_override (shop_id, barber_id, date, opens, closes)
    select ${shopId}, ${barberId}, ${date}::date, opens, closes
    from json_to_recordset(${JSON.stringify(rows)}::json) as period (opens time, closes time)`.execute(trx);
  return ok({ date, periods });
}

/** The weekly hours hold again on that date. */
export async function removeOverride(
  trx: Trx,
  shopId: number,
  barberId: number,
  date: string,
): Promise<Outcome<null>> {
  const barber = await lockBarber(trx, shopId, barberId);
  if (barber.kind === 'refused') return barber;
  const refusal = refusalOf(dateFaults(date, 'date'));
  if (refusal !== undefined) return refusal;
  const existed = await deleteOverride(trx, barberId, date);
  return existed
    ? ok(null)
    : refuse({ code: 'not_found', field: 'date', detail: `The weekly hours hold on ${date} as it is.` });
}

/** What is wrong with the dates of a list that is asked for. */
export function dateRangeFaults({ from, to }: DateRange): Fault[] {
  const faults = [
    ...(from === undefined ? [] : dateFaults(from, 'from')),
    ...(to === undefined ? [] : dateFaults(to, 'to')),
  ];
  if (faults.length === 0 && from !== undefined && to !== undefined && to < from)
    faults.push({ code: 'validation_failed', field: 'to', detail: '"to" is before "from".' });
  return faults;
}

function dateFaults(date: string, field: string): Fault[] {
  if (isDate(date)) return [];
  const detail = `"${date.slice(0, 20)}" is not a date. Use YYYY-MM-DD, and a day that exists.`;
  return [{ code: 'validation_failed', field, detail }];
}

async function deleteOverride(trx: Trx, barberId: number, date: string): Promise<boolean> {
  const { rows } = await sql`
    delete from date_override where barber_id = ${barberId} and date = ${date}::date returning id`.execute(
    trx,
  );
  return rows.length > 0;
}

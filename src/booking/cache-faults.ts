import { type Kysely, sql } from 'kysely';
import { daysBetween } from '../calendar/time.ts';
import type { Database } from '../database/schema.ts';
import type { Fault } from '../outcome.ts';
import { checkDate } from './request.ts';

/** The longest range of days that may be warmed up or invalidated at once. */
const MAX_CACHE_DAYS = 90;

export interface DateRange {
  /** First and last date at the shop, both included. */
  readonly startDate: string;
  readonly endDate: string;
}

/** What is wrong with a range of days of the cache. Days that are over, or beyond the horizon, are as good as others. */
export function faultsOfDates({ startDate, endDate }: DateRange): Fault[] {
  const faults: Fault[] = [];
  const areDates = [checkDate(startDate, 'startDate', faults), checkDate(endDate, 'endDate', faults)].every(
    Boolean,
  );
  if (areDates && endDate < startDate)
    faults.push({
      code: 'validation_failed',
      field: 'endDate',
      detail: `The range ends on ${endDate}, before it begins on ${startDate}. Swap the two dates.`,
    });
  else if (areDates && daysBetween(startDate, endDate) >= MAX_CACHE_DAYS)
    faults.push({
      code: 'validation_failed',
      field: 'endDate',
      detail: `The range has ${daysBetween(startDate, endDate) + 1} days, and ${MAX_CACHE_DAYS} are the most. Do it in parts.`,
    });
  return faults;
}

/** Everything that is wrong with a warm-up: its dates, and barbers who are not the shop's. */
export async function faultsOfWarmUp(
  db: Kysely<Database>,
  shopId: number,
  { barberIds = [], ...range }: DateRange & { readonly barberIds?: readonly number[] | undefined },
): Promise<Fault[]> {
  const faults = faultsOfDates(range);
  if (barberIds.length === 0) return faults;
  const strangers = await selectStrangers(db, shopId, barberIds);
  for (const { id, position } of strangers)
    faults.push({
      code: 'not_found',
      field: `barberIds/${position}`,
      detail: `No barber of this shop has the id ${id}.`,
    });
  return faults;
}

async function selectStrangers(db: Kysely<Database>, shopId: number, barberIds: readonly number[]) {
  const { rows } = await sql<{ id: number; position: number }>`
    select id, position::integer - 1 as position
    from unnest(${[...barberIds]}::integer[]) with ordinality as asked (id, position)
    where not exists (select from barber where barber.id = asked.id and shop_id = ${shopId})
    order by position`.execute(db);
  return rows;
}

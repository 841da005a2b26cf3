import { newRead } from '../../../../availability/source.ts';
import { faultsOfWarmUp } from '../../../../booking/cache-faults.ts';
import { addDays, dateAt } from '../../../../calendar/time.ts';
import { type Fault, refusalOf } from '../../../../outcome.ts';
import type { WarmUpOrder } from '../../../../warming/warm-up/rows.ts';
import { noSuchShop, refusalProblem } from '../../../outcome.ts';
import type { CacheAdministration } from '../administration.ts';

/** As it was written: days ahead in the query, all else in the body. */
interface Written {
  readonly days_ahead?: number;
  readonly start_date?: string;
  readonly end_date?: string;
  readonly barber_ids?: readonly number[];
}

const DAYS_AHEAD = 7;

/** What is to be warmed up. @throws ProblemError with everything that is wrong with it */
export async function orderOf(
  { db, bookings, clock }: Pick<CacheAdministration, 'db' | 'bookings' | 'clock'>,
  shopId: number,
  written: Written,
): Promise<WarmUpOrder> {
  const rules = await bookings.source.rules(shopId, newRead({ warming: true }));
  if (rules === undefined) throw noSuchShop();
  const today = dateAt(rules.value.timezone, clock.now());
  const { days_ahead = DAYS_AHEAD, start_date, end_date, barber_ids } = written;
  const startDate = start_date ?? end_date ?? today;
  const endDate = end_date ?? start_date ?? addDays(today, days_ahead);
  const faults = [
    ...faultsOfChoice(written),
    ...(await faultsOfWarmUp(db, shopId, { startDate, endDate, barberIds: barber_ids })),
  ];
  // Of a date that is missing nothing else can be wrong.
  const refusal = refusalOf(
    [...new Map(faults.toReversed().map((fault) => [fault.field, fault])).values()].toReversed(),
  );
  if (refusal !== undefined) throw refusalProblem(refusal);
  const barberIds = barber_ids && [...new Set(barber_ids)];
  return { shopId, from: startDate, to: endDate, barberIds: barberIds ?? null };
}

/** Days ahead, or both ends of a range. */
function faultsOfChoice({ days_ahead, start_date, end_date }: Written): Fault[] {
  const code = 'validation_failed';
  const hasRange = start_date !== undefined || end_date !== undefined;
  if (!hasRange) return [];
  const faults: Fault[] = [];
  if (days_ahead !== undefined)
    faults.push({
      code,
      field: 'daysAhead',
      detail: 'Say either how many days ahead or which dates, not both.',
    });
  for (const [field, date] of Object.entries({ startDate: start_date, endDate: end_date }))
    if (date === undefined)
      faults.push({ code, field, detail: 'A range has a start_date and an end_date. This one is missing.' });
  return faults;
}

/** `Prefer: respond-async` among whatever else is preferred: https://www.rfc-editor.org/rfc/rfc7240 */
export function prefersAsync(prefer: string | undefined): boolean {
  const preferences = (prefer ?? '').split(',').map((one) => one.split(/[;=]/, 1)[0]?.trim().toLowerCase());
  return preferences.includes('respond-async');
}

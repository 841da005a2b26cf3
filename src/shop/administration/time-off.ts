import { type Kysely, sql, type Transaction } from 'kysely';
import { addDays } from '../../calendar/time.ts';
import type { LocalRange } from '../../calendar/working-time.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { readLocalRange, type WrittenRange } from '../local-range.ts';
import { findBarber, lockBarber } from './barbers.ts';
import { type DateRange, dateRangeFaults } from './overrides.ts';
import { SHOWN_RANGE, YEARS_SHOWN } from './shown-range.ts';

type Trx = Transaction<Database>;

/** When a barber is away, at the shop's own date and time. */
export interface TimeOff {
  readonly id: number;
  readonly range: LocalRange;
  readonly reason: string | null;
}

/** Of time off that touches the dates. */
export interface TimeOffQuery extends DateRange {
  readonly limit: number;
  /** Id of the last one of the page before, or 0. */
  readonly after: number;
}

/** By id; one more than `limit` where there are more. */
export async function findTimeOff(
  db: Kysely<Database>,
  shopId: number,
  barberId: number,
  { from, to, limit, after }: TimeOffQuery,
): Promise<Outcome<TimeOff[]>> {
  const barber = await findBarber(db, shopId, barberId);
  if (barber.kind === 'refused') return barber;
  const refusal = refusalOf(dateRangeFaults({ from, to }));
  if (refusal !== undefined) return refusal;
  const { rows } = await sql<TimeOff>`
    select id, ${SHOWN_RANGE} as range, reason from time_off
    where barber_id = ${barberId} and id > ${after}
      and during && ${YEARS_SHOWN} * tsrange(${from ?? null}::date, ${to === undefined ? null : addDays(to, 1)}::date)
    order by id
    limit ${limit + 1}`.execute(db);
  return ok(rows);
}

/** Whose it is. */
export interface OwnTimeOff extends TimeOff {
  readonly barberId: number;
}

/** Of these barbers what touches the dates, by id. */
export async function findTimeOffOf(
  db: Kysely<Database>,
  barberIds: readonly number[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<OwnTimeOff[]> {
  const { rows } = await sql<OwnTimeOff>`
    select id, barber_id as "barberId", ${SHOWN_RANGE} as range, reason from time_off
    where barber_id = any (${[...barberIds]}::integer[])
      and during && tsrange(${from}::date, ${addDays(to, 1)}::date)
    order by id`.execute(db);
  return rows;
}

/** Adds time off; it may meet other time off. */
export async function addTimeOff(
  trx: Trx,
  shopId: number,
  barberId: number,
  written: WrittenRange & { readonly reason?: string | null | undefined },
): Promise<Outcome<TimeOff>> {
  const barber = await lockBarber(trx, shopId, barberId);
  if (barber.kind === 'refused') return barber;
  const faults: Fault[] = [];
  const range = readLocalRange(written, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  if (range === undefined) throw new Error('A range without faults was not read');
  const reason = written.reason?.trim() || null;
  const { rows } = await sql<{ id: number }>`
    insert into time_off (shop_id, barber_id, during, reason)
    values (${shopId}, ${barberId}, tsrange(${range.from}, ${range.to}), ${reason})
    returning id`.execute(trx);
  const [added] = rows;
  if (added === undefined) throw new Error('Inserted time off was not returned');
  return ok({ id: added.id, range, reason });
}

export async function removeTimeOff(
  trx: Trx,
  shopId: number,
  barberId: number,
  id: number,
): Promise<Outcome<null>> {
  const barber = await lockBarber(trx, shopId, barberId);
  if (barber.kind === 'refused') return barber;
  const { rows } = await sql`
    delete from time_off where barber_id = ${barberId} and id = ${id} returning id`.execute(trx);
  return rows.length > 0
    ? ok(null)
    : refuse({ code: 'not_found', field: 'time_off_id', detail: 'This barber has no such time off.' });
}

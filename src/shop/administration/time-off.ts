import { type Kysely, sql, type Transaction } from 'kysely';
import type { LocalRange } from '../../calendar/working-time.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { readLocalRange, type WrittenRange } from './local-range.ts';

type Trx = Transaction<Database>;

/** When a barber is away, at the shop's own date and time. */
export interface TimeOff {
  readonly id: number;
  readonly range: LocalRange;
  readonly reason: string | null;
}

export interface TimeOffQuery {
  /** 'YYYY-MM-DD': what ends on or before its midnight is left out. */
  readonly from?: string | undefined;
  readonly limit: number;
  /** Id of the last one of the page before, or 0. */
  readonly after: number;
}

/** By id; one more than `limit` where there are more. */
export async function selectTimeOff(
  db: Kysely<Database>,
  barberId: number,
  { from = '0001-01-01', limit, after }: TimeOffQuery,
): Promise<TimeOff[]> {
  const { rows } = await sql<TimeOff>`
    select id, reason, json_build_object(
      'from', to_char(lower(during), 'YYYY-MM-DD"T"HH24:MI'),
      'to', to_char(upper(during), 'YYYY-MM-DD"T"HH24:MI')) as range
    from time_off
    where barber_id = ${barberId} and id > ${after} and upper(during) > ${from}::timestamp
    order by id
    limit ${limit + 1}`.execute(db);
  return rows;
}

/** Adds time off to a barber whose row is locked; it may meet other time off. */
export async function addTimeOff(
  trx: Trx,
  shopId: number,
  barberId: number,
  written: WrittenRange & { readonly reason?: string | null | undefined },
): Promise<Outcome<TimeOff>> {
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

export async function removeTimeOff(trx: Trx, barberId: number, id: number): Promise<Outcome<null>> {
  const { rows } = await sql`
    delete from time_off where barber_id = ${barberId} and id = ${id} returning id`.execute(trx);
  return rows.length > 0
    ? ok(null)
    : refuse({ code: 'not_found', field: 'time_off_id', detail: 'This barber has no such time off.' });
}

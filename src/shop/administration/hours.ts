import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { WeeklyPeriod } from '../rules.ts';
import { writtenPeriod } from '../week.ts';

type Trx = Transaction<Database>;

/** The opening hours of the shop, in the order of the week. */
export async function openingHoursOf(db: Kysely<Database>, shopId: number): Promise<WeeklyPeriod[]> {
  const { rows } = await sql<WeeklyPeriod>`
    select weekday, lower(span) as opens, upper(span) as closes from opening_hours
    where shop_id = ${shopId} order by weekday, span`.execute(db);
  return rows;
}

/** Of a barber whose row is locked, or new. The periods of a weekday must not overlap. */
export async function replaceWeeklyHours(
  trx: Trx,
  shopId: number,
  barberId: number,
  week: readonly WeeklyPeriod[],
): Promise<void> {
  const rows = week.map((period) => ({ weekday: period.weekday, ...writtenPeriod(period) }));
  await sql`delete from weekly_hours where barber_id = ${barberId}`.execute(trx);
  await sql`
    insert into weekly_hours (shop_id, barber_id, weekday, opens, closes)
    select ${shopId}, ${barberId}, weekday, opens, closes
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as period (weekday int, opens time, closes time)`.execute(trx);
}

import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { DayQuery } from '../source.ts';

/** Everything that barber-days are made of, and the versions of it. Times are epoch ms and wall minutes. */
interface Row {
  now: number;
  timezone: string;
  opening_hours: [weekday: number, opens: number, closes: number][];
  closures: [from: string, to: string][];
  weekly_hours: [barberId: number, weekday: number, opens: number, closes: number][];
  overrides: [barberId: number, date: string, opens: number | null, closes: number | null][];
  time_off: [barberId: number, from: string, to: string][];
  occupied: [barberId: number, start: number, end: number, lapsesAt: number | null][];
  versions: [barberId: number, day: string, version: number][];
}

/**
 * One statement, so one snapshot, whatever the number of barbers and days. Rows come as JSON arrays: parsing
 * them costs Node less than as many rows of the wire protocol. Instants are cut a day wide of the range,
 * because Node decides where a local day begins; ranges of any length are cut to what is looked at. `now()` lies
 * before the snapshot; `statement_timestamp()` is set anew when the statement is executed, and lies after it.
 */
export async function selectBarberDays(
  db: Kysely<Database>,
  { shopId, barberIds, from, to }: DayQuery,
  withoutBooking: number,
): Promise<Row | undefined> {
  const ids = sql`${[...barberIds]}::integer[]`;
  const { rows } = await sql<Row>`
    with asked as (
      select shop.id, shop.timezone,
        ${from}::date - 2 as from_date, ${to}::date + 2 as to_date,
        tsrange(${from}::date - 2, ${to}::date + 2) as local_range,
        tstzrange((${from}::date - 1)::timestamp at time zone shop.timezone,
          (${to}::date + 2)::timestamp at time zone shop.timezone) as range
      from shop where shop.id = ${shopId}
    )
    select
      floor(extract(epoch from now()) * 1000)::float8 as now,
      asked.timezone,
      coalesce((select json_agg(json_build_array(weekday, lower(span), upper(span)))
        from opening_hours where shop_id = asked.id), '[]') as opening_hours,
      coalesce((select json_agg(json_build_array(
          to_char(lower(during * local_range), 'YYYY-MM-DD"T"HH24:MI'),
          to_char(upper(during * local_range), 'YYYY-MM-DD"T"HH24:MI')))
        from closure where shop_id = asked.id and during && local_range), '[]') as closures,
      coalesce((select json_agg(json_build_array(barber_id, weekday, lower(span), upper(span)))
        from weekly_hours where shop_id = asked.id and barber_id = any (${ids})), '[]') as weekly_hours,
      coalesce((select json_agg(json_build_array(barber_id, date, lower(span), upper(span)))
        from date_override where shop_id = asked.id and barber_id = any (${ids})
          and date between from_date and to_date), '[]') as overrides,
      coalesce((select json_agg(json_build_array(barber_id,
          to_char(lower(during * local_range), 'YYYY-MM-DD"T"HH24:MI'),
          to_char(upper(during * local_range), 'YYYY-MM-DD"T"HH24:MI')))
        from time_off where shop_id = asked.id and barber_id = any (${ids})
          and during && local_range), '[]') as time_off,
      coalesce((select json_agg(json_build_array(barber_id,
            extract(epoch from lower(occupied)) * 1000, extract(epoch from upper(occupied)) * 1000,
            extract(epoch from lapses_at) * 1000)
          order by lower(occupied))
        from booking where shop_id = asked.id and barber_id = any (${ids}) and occupied && asked.range
          and status in ('held', 'confirmed', 'completed') and id <> ${withoutBooking}
          and (lapses_at is null or lapses_at > statement_timestamp())), '[]') as occupied,
      coalesce((select json_agg(json_build_array(barber_id, day, version))
        from availability_version where shop_id = asked.id and (barber_id = 0 or barber_id = any (${ids}))
          and (day = '-infinity' or day between ${from} and ${to})), '[]') as versions
    from asked`.execute(db);
  return rows[0];
}

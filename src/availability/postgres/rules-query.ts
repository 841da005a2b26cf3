import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { BarberSchedule, ShopRules } from '../../shop/rules.ts';
import type { Loaded } from '../source.ts';

/** The id of the shop with this slug; without one, of the first shop. */
export async function selectShopId(
  db: Kysely<Database>,
  slug: string | undefined,
): Promise<number | undefined> {
  const shops = db.selectFrom('shop').select('id').orderBy('id').limit(1);
  const row = await (slug === undefined ? shops : shops.where('slug', '=', slug)).executeTakeFirst();
  return row?.id;
}

/** The rules of a shop in one statement. */
export async function selectRules(
  db: Kysely<Database>,
  shopId: number,
): Promise<Loaded<ShopRules> | undefined> {
  const { rows } = await sql<{ now: number; version: number; rules: ShopRules }>`
    select
      floor(extract(epoch from now()) * 1000)::float8 as now,
      coalesce((select version from availability_version
        where shop_id = shop.id and barber_id = 0 and day = '-infinity'), 0)::float8 as version,
      json_build_object(
        'id', shop.id, 'slug', slug, 'name', name, 'timezone', timezone, 'currency', currency,
        'slotMinutes', slot_minutes, 'noticeMinutes', notice_minutes, 'horizonDays', horizon_days,
        'sameDayCutoff', (extract(epoch from same_day_cutoff) / 60)::int,
        'cancellationNoticeMinutes', cancellation_notice_minutes, 'holdMinutes', hold_minutes,
        'assignmentPolicy', assignment_policy,
        'openingHours', coalesce((select json_agg(json_build_object(
            'weekday', weekday, 'opens', lower(span), 'closes', upper(span)) order by weekday, lower(span))
          from opening_hours where shop_id = shop.id), '[]'),
        'closures', coalesce((select json_agg(json_build_object(
            'from', to_char(lower(during * local_range), 'YYYY-MM-DD"T"HH24:MI'),
            'to', to_char(upper(during * local_range), 'YYYY-MM-DD"T"HH24:MI')) order by lower(during))
          from closure where shop_id = shop.id and during && local_range), '[]'),
        'services', coalesce((select json_agg(json_build_object(
            'id', id, 'name', name, 'duration', duration_minutes, 'bufferBefore', buffer_before_minutes,
            'bufferAfter', buffer_after_minutes, 'price', price_amount, 'active', active) order by id)
          from service where shop_id = shop.id), '[]'),
        'barbers', coalesce((select json_agg(json_build_object(
            'id', id, 'name', name, 'active', active,
            'offers', coalesce((select json_agg(json_build_object(
                'serviceId', service_id, 'duration', duration_minutes, 'price', price_amount) order by service_id)
              from barber_service where barber_id = barber.id), '[]')) order by id)
          from barber where shop_id = shop.id), '[]')
      ) as rules
    from shop, tsrange('2000-01-01', '9999-12-31') as local_range
    where shop.id = ${shopId}`.execute(db);
  const row = rows[0];
  return row && { value: row.rules, versions: { shop: row.version, barber: 0, day: 0 }, loadedAt: row.now };
}

/** The hours of these barbers of a shop, in their order, in one statement; strangers are left out. */
export async function selectSchedules(
  db: Kysely<Database>,
  shopId: number,
  barberIds: readonly number[],
): Promise<Loaded<BarberSchedule>[]> {
  const { rows } = await sql<{ now: number; version: number; schedule: BarberSchedule }>`
    select
      floor(extract(epoch from now()) * 1000)::float8 as now,
      coalesce((select version from availability_version
        where shop_id = barber.shop_id and barber_id = barber.id and day = '-infinity'), 0)::float8 as version,
      json_build_object(
        'barberId', barber.id,
        'weeklyHours', coalesce((select json_agg(json_build_object(
            'weekday', weekday, 'opens', lower(span), 'closes', upper(span)) order by weekday, lower(span))
          from weekly_hours where barber_id = barber.id), '[]'),
        'overrides', coalesce((select json_agg(json_build_object('date', date, 'periods', periods) order by date)
          from (select date, coalesce(json_agg(json_build_object('opens', lower(span), 'closes', upper(span))
              order by span) filter (where opens is not null), '[]') as periods
            from date_override where barber_id = barber.id and date > current_date - 7
            group by date) as by_date), '[]'),
        'timeOff', coalesce((select json_agg(json_build_object(
            'from', to_char(lower(during * local_range), 'YYYY-MM-DD"T"HH24:MI'),
            'to', to_char(upper(during * local_range), 'YYYY-MM-DD"T"HH24:MI')) order by lower(during))
          from time_off where barber_id = barber.id and during && local_range), '[]')
      ) as schedule
    from unnest(${[...barberIds]}::integer[]) with ordinality as asked (id, position)
    join barber on barber.id = asked.id and barber.shop_id = ${shopId},
      tsrange(localtimestamp - interval '7 days', localtimestamp + interval '3 years') as local_range
    order by asked.position`.execute(db);
  return rows.map(({ now, version, schedule }) => ({
    value: schedule,
    versions: { shop: 0, barber: version, day: 0 },
    loadedAt: now,
  }));
}

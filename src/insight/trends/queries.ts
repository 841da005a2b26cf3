import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Status } from '../health/metric.ts';
import type { Counts } from './counts.ts';
import type { Stretch } from './trend.ts';

/** A check as it is stored. */
export interface StoredCheck {
  readonly at: Date;
  readonly instance: string;
  readonly status: Status;
  readonly responseTimeMs: number | null;
  /** What each metric was. */
  readonly metrics: Readonly<Record<string, { readonly value: number | null; readonly status: Status }>>;
}

type Db = Kysely<Database>;

/** Checks are kept by the minute for two days, and by the hour for thirty. */
const MINUTES_KEPT = sql`interval '48 hours'`;
const HOURS_KEPT = sql`interval '30 days'`;

export async function insertCheck(db: Db, check: StoredCheck, counts: Counts): Promise<void> {
  const { at, instance, status, responseTimeMs, metrics } = check;
  await sql`
    insert into cache_check (at, instance, status, response_time_ms, metrics, counts)
    values (${at}, ${instance}, ${status}, ${responseTimeMs}, ${JSON.stringify(metrics)}, ${JSON.stringify(counts)})`.execute(
    db,
  );
}

/** All checks from `from` to `to`, added up by stretches of `minutes`; of what is older than two days, of hours. */
export async function selectStretches(
  db: Db,
  { from, to, minutes }: { readonly from: Date; readonly to: Date; readonly minutes: number },
): Promise<readonly (Stretch & { readonly instances: readonly string[] })[]> {
  const { rows } = await sql<Stretch & { readonly instances: readonly string[] }>`
    with stored as materialized (
      select date_bin(make_interval(mins => ${minutes}::integer), at, 'epoch') as at, checks, instances, counts
      from (
        select at, checks, instances, counts from cache_hour
        union all
        select at, 1, array[instance], counts from cache_check
      ) as every
      where at >= ${from} and at <= ${to}
    ), sums as (
      select at, name, sum(value::float8) as total from stored, jsonb_each_text(counts) as one (name, value)
      group by at, name
    )
    select stretch.at, checks, counts, instances
    from (select at, sum(checks)::integer as checks from stored group by at) as stretch
    join (select at, jsonb_object_agg(name, total) as counts from sums group by at) as summed using (at)
    join (
      select at, array_agg(distinct instance order by instance) as instances
      from stored, unnest(instances) as instance group by at
    ) as seen using (at)
    order by at`.execute(db);
  return rows;
}

export async function selectLatestCheck(db: Db): Promise<StoredCheck | undefined> {
  const { rows } = await sql<StoredCheck>`
    select at, instance, status, response_time_ms as "responseTimeMs", metrics
    from cache_check order by at desc, id desc limit 1`.execute(db);
  return rows[0];
}

/**
 * Adds up by the hour the checks that are older than two days, and forgets hours after thirty. Any number of instances
 * may do so at once, and again: a check is deleted by just one of them, which adds it in the same statement.
 */
export async function rollUpTrends(db: Db, now: Date): Promise<void> {
  await sql`
    with moved as (
      delete from cache_check where at < date_trunc('hour', ${now}::timestamptz - ${MINUTES_KEPT}, 'UTC')
      returning date_trunc('hour', at, 'UTC') as at, instance, counts
    ), sums as (
      select at, name, sum(value::float8) as total from moved, jsonb_each_text(counts) as one (name, value)
      group by at, name
    )
    insert into cache_hour as known (at, checks, instances, counts)
    select at, checks, instances, coalesce(counts, '{}')
    from (select at, count(*) as checks, array_agg(distinct instance) as instances from moved group by at) as hour
    left join (select at, jsonb_object_agg(name, total) as counts from sums group by at) as summed using (at)
    order by at
    on conflict (at) do update set
      checks = known.checks + excluded.checks,
      instances = array(select distinct unnest(known.instances || excluded.instances)),
      counts = sum_of_counts(known.counts, excluded.counts)`.execute(db);
  await sql`delete from cache_hour where at < ${now}::timestamptz - ${HOURS_KEPT}`.execute(db);
}

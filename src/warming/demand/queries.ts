import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Asked } from './counter.ts';

/** Eight weeks: what a season of a week is learnt from. */
const KEPT_DAYS = 56;

/**
 * Adds to what was asked for in the hour of `at` (epoch ms); instances add up. What was asked of a shop that is no
 * more is left out.
 */
export async function addDemand(db: Kysely<Database>, asked: readonly Asked[], at: number): Promise<void> {
  if (asked.length === 0) return;
  const moment = new Date(at);
  // Sorted, so that instances that write at once do not wait for each other in a circle.
  await sql`
    insert into demand (shop_id, hour, barber_id, days_ahead, days, reads)
    select shop.id, date_trunc('hour', ${moment}::timestamptz, 'UTC'), barber_id,
      "from" - (${moment}::timestamptz at time zone shop.timezone)::date as days_ahead, days, sum(reads)
    from unnest(
      ${asked.map(({ shopId }) => shopId)}::integer[], ${asked.map(({ barberId }) => barberId)}::integer[],
      ${asked.map(({ from }) => from)}::date[], ${asked.map(({ days }) => days)}::integer[],
      ${asked.map(({ reads }) => reads)}::bigint[]) as asked (shop_id, barber_id, "from", days, reads)
    join shop on shop.id = asked.shop_id
    where "from" - (${moment}::timestamptz at time zone shop.timezone)::date between -366 and 3660
      and days <= 3660
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (shop_id, hour, barber_id, days_ahead, days)
      do update set reads = demand.reads + excluded.reads`.execute(db);
}

/** Forgets what was asked more than eight weeks before `now` (epoch ms). */
export async function pruneDemand(db: Kysely<Database>, now: number): Promise<void> {
  await sql`
    delete from demand
    where hour < ${new Date(now)}::timestamptz - make_interval(days => ${KEPT_DAYS})`.execute(db);
}

/** Reads in one hour, which begins at `at` (epoch ms). */
export interface HourOfReads {
  readonly at: number;
  readonly reads: number;
}

/** What a shop was asked for in the eight weeks before `now` (epoch ms), by the hour; hours without reads are left out. */
export async function selectHours(
  db: Kysely<Database>,
  shopId: number,
  now: number,
): Promise<readonly HourOfReads[]> {
  const { rows } = await sql<HourOfReads>`
    select extract(epoch from hour)::float8 * 1000 as at, sum(reads)::float8 as reads
    from demand
    where shop_id = ${shopId} and hour <= ${new Date(now)}::timestamptz
      and hour >= ${new Date(now)}::timestamptz - make_interval(days => ${KEPT_DAYS})
    group by hour order by hour`.execute(db);
  return rows;
}

/** How large a part of all reads asked just this. */
export interface Share {
  /** 0 where several barbers were asked for at once. */
  readonly barberId: number;
  readonly daysAhead: number;
  readonly days: number;
  /** From 0 to 1. */
  readonly share: number;
}

/** After so many days a read counts half. */
const HALF_LIFE_DAYS = 7;

/**
 * The rest is not worth looking at: fifty barbers' days of three months are 4,500 questions, and whoever asks for every
 * range there is would otherwise keep the process busy for seconds, each time that it is found out what to warm.
 */
const MOST_SHARES = 5_000;

/**
 * What a shop is asked for, most often first: of the eight weeks before `now` (epoch ms), of late above all. In float8,
 * as powers of numeric take 7 µs each: 3 s for the 400,000 rows of a busy shop.
 */
export async function selectShares(
  db: Kysely<Database>,
  shopId: number,
  now: number,
): Promise<readonly Share[]> {
  const { rows } = await sql<Share>`
    select barber_id as "barberId", days_ahead as "daysAhead", days, reads / sum(reads) over () as share
    from (
      select barber_id, days_ahead, days, sum(reads *
        0.5::float8 ^ (extract(epoch from ${new Date(now)}::timestamptz - hour)::float8 / 86400 / ${HALF_LIFE_DAYS}))
        as reads
      from demand
      where shop_id = ${shopId} and hour <= ${new Date(now)}::timestamptz
        and hour >= ${new Date(now)}::timestamptz - make_interval(days => ${KEPT_DAYS})
      group by barber_id, days_ahead, days
    ) as asked
    order by share desc, barber_id, days_ahead, days limit ${MOST_SHARES}`.execute(db);
  return rows;
}

/** Shops of which something was asked in the eight weeks before `now` (epoch ms), by id. */
export async function selectShopsInDemand(db: Kysely<Database>, now: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from shop
    where exists (
      select from demand where shop_id = shop.id
        and hour >= ${new Date(now)}::timestamptz - make_interval(days => ${KEPT_DAYS}))
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}

import { type Kysely, sql } from 'kysely';
import type { WarmUpStats } from '../../availability/cache/warm-up.ts';
import { daysBetween } from '../../calendar/time.ts';
import type { Database } from '../../database/schema.ts';

export interface WarmUpOrder {
  readonly shopId: number;
  /** First and last date at the shop, both included. */
  readonly from: string;
  readonly to: string;
  /** Null: all who are active when it begins. */
  readonly barberIds: readonly number[] | null;
}

/** A warm-up as every instance can tell of it, during and after. */
export interface WarmUpRecord extends WarmUpOrder {
  readonly id: number;
  readonly status: 'running' | 'done' | 'failed';
  /** So far. */
  readonly stats: WarmUpStats;
  /** A sentence, where it failed. */
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Ten times as long as there is between two heartbeats. */
export const SILENCE_LIMIT_MS = 10_000;
const KEPT_DAYS = 30;
const PROCESS_GONE = 'The server that did it is gone. Start it again: what was loaded is not loaded twice.';

const NOTHING_YET = { cached: 0, alreadyFresh: 0, errors: 0, durationMs: 0 };

/** One that has not been heard of for long enough has failed, whatever its row says; until it is heard of again. */
const RECORD = sql<WarmUpRecord>`
  id, shop_id as "shopId", start_date as "from", end_date as "to", barber_ids as "barberIds", stats,
  created_at as "createdAt", coalesce(finished_at, case when is_silent then heartbeat_at end) as "finishedAt",
  case when is_silent then 'failed' else status end as status,
  case when is_silent then ${PROCESS_GONE} else failure end as failure`;
const IS_SILENT = sql`status = 'running' and heartbeat_at < now() - ${SILENCE_LIMIT_MS} * interval '1 ms'`;

export async function insertWarmUp(
  db: Kysely<Database>,
  { shopId, from, to, barberIds }: WarmUpOrder,
): Promise<WarmUpRecord> {
  const stats = { ...NOTHING_YET, days: daysBetween(from, to) + 1, barbers: barberIds?.length ?? 0 };
  const { rows } = await sql<WarmUpRecord>`
    with warm_up as (
      insert into warm_up (shop_id, start_date, end_date, barber_ids, stats)
      values (${shopId}, ${from}, ${to}, ${barberIds}, ${JSON.stringify(stats)}::jsonb)
      returning *, false as is_silent
    )
    select ${RECORD} from warm_up`.execute(db);
  return only(rows);
}

export async function selectWarmUp(
  db: Kysely<Database>,
  shopId: number,
  id: number,
): Promise<WarmUpRecord | undefined> {
  const { rows } = await sql<WarmUpRecord>`
    select ${RECORD} from (
      select *, ${IS_SILENT} as is_silent from warm_up where shop_id = ${shopId} and id = ${id}
    ) as warm_up`.execute(db);
  return rows[0];
}

/** A heartbeat. Of one that has ended nothing changes any more. */
export async function noteProgress(db: Kysely<Database>, id: number, stats: WarmUpStats): Promise<void> {
  await sql`
    update warm_up set heartbeat_at = now(), stats = ${JSON.stringify(stats)}::jsonb
    where id = ${id} and status = 'running'`.execute(db);
}

export async function finishWarmUp(
  db: Kysely<Database>,
  id: number,
  { status, stats, failure }: Pick<WarmUpRecord, 'status' | 'stats' | 'failure'>,
): Promise<WarmUpRecord> {
  const { rows } = await sql<WarmUpRecord>`
    with warm_up as (
      update warm_up set status = ${status}, stats = ${JSON.stringify(stats)}::jsonb, failure = ${failure},
        heartbeat_at = now(), finished_at = now()
      where id = ${id} returning *, false as is_silent
    )
    select ${RECORD} from warm_up`.execute(db);
  return only(rows);
}

/** Deletes warm-ups that began more than 30 days before `now` (epoch ms); resolves to how many. */
export async function pruneWarmUps(db: Kysely<Database>, now: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from warm_up
    where created_at < to_timestamp(${now / 1_000}::float8) - ${KEPT_DAYS} * interval '1 day'`.execute(db);
  return Number(numAffectedRows);
}

function only([row]: readonly WarmUpRecord[]): WarmUpRecord {
  if (row === undefined) throw new Error('The row of a warm-up is not there');
  return row;
}

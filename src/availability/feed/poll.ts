import type pg from 'pg';
import type { VersionChange } from '../versions.ts';

/** What one poll saw. */
export interface Poll {
  /** Epoch ms of Postgres: everything committed before is in it. */
  readonly at: number;
  /** `pg_snapshot` as text: 'xmin:xmax:in-progress transactions'. */
  readonly snapshot: string;
  /** Object ids of the database and of the table of versions: other ones, and what was seen before means nothing. */
  readonly table: string;
  readonly changes: readonly VersionChange[];
  /** When each of them was written (epoch ms of Postgres), a moment before it was committed. */
  readonly changedAt: readonly number[];
  /** Whether these are all changes of the lifetime, rather than what the snapshot before did not see. */
  readonly isWhole: boolean;
}

interface Row {
  at: number;
  snapshot: string;
  table: string;
  standby: boolean;
  changes: [shopId: number, barberId: number, day: string, version: number, changedAt: number][];
}

/**
 * Everything committed since the snapshot `last`; without one, everything changed in the last `lifetimeMs`.
 * What the last snapshot did not see has a transaction id at or above its xmin; of these, those that it did
 * see are left out, so that a transaction that stays open does not make every poll longer. Ids above the
 * present snapshot are of another cluster, from which this table was restored: no poll would ever get past them.
 *
 * `now()` is the start of the statement's own transaction. It lies before the snapshot, whereas
 * `statement_timestamp()` lies after it: the extended protocol sets it anew when the statement is executed.
 */
export async function selectChanges(
  client: pg.Client,
  last: string | undefined,
  lifetimeMs: number,
): Promise<Poll> {
  const { rows } = await client.query<Row>(
    `select
       floor(extract(epoch from now()) * 1000)::float8 as at,
       pg_current_snapshot()::text as snapshot,
       (select oid from pg_database where datname = current_database()) || '/'
         || 'availability_version'::regclass::oid as "table",
       pg_is_in_recovery() as standby,
       coalesce((
         select json_agg(json_build_array(shop_id, barber_id,
           case when day = '-infinity' then '' else to_char(day, 'YYYY-MM-DD') end, version,
          floor(extract(epoch from changed_at) * 1000)::bigint))
         from availability_version
         where case when $1::pg_snapshot is null then changed_at >= now() - $2::float8 * interval '1 ms'
           else changed_by >= pg_snapshot_xmin($1::pg_snapshot)
             and changed_by < pg_snapshot_xmax(pg_current_snapshot())
             and not pg_visible_in_snapshot(changed_by, $1::pg_snapshot) end
       ), '[]') as changes`,
    [last ?? null, lifetimeMs],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('The poll for changed versions had no answer');
  if (row.standby) throw new Error('This Postgres is a standby: it learns of bookings later than others');
  const changes = row.changes.map(([shopId, barberId, day, version]) => ({ shopId, barberId, day, version }));
  const changedAt = row.changes.map(([, , , , written]) => written);
  const { at, snapshot, table } = row;
  return { at, snapshot, table, changes, changedAt, isWhole: last === undefined };
}

/** The server that a connection leads to. */
export interface PostgresRun {
  /**
   * What tells one cluster from another: its identifier and, after a failover, its timeline. Undefined
   * where a hosted Postgres does not say. A database made anew in the same cluster differs in `Poll.table`.
   */
  readonly cluster: string | undefined;
  /** When it was started, epoch seconds: a cluster's files can only be replaced by older ones while it is stopped. */
  readonly startedAt: string;
}

/** The name of the history that versions are of: as `selectVersions` tells it, and on each instance the same. */
export function historyOf(startedAt: string, table: string): string {
  return `${startedAt}/${table}`;
}

export async function selectRun(client: pg.Client): Promise<PostgresRun> {
  const { rows } = await client.query<{ started: string }>(
    'select extract(epoch from pg_postmaster_start_time())::text as started',
  );
  return { cluster: await selectCluster(client), startedAt: rows[0]?.started ?? '' };
}

async function selectCluster(client: pg.Client): Promise<string | undefined> {
  try {
    const { rows } = await client.query<{ cluster: string }>(
      `select concat_ws('/', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8)) as cluster
       from pg_control_system()`,
    );
    return rows[0]?.cluster;
  } catch {
    return undefined;
  }
}

/** Whether a snapshot cannot come after another in one history, because transaction ids went back. */
export function isBefore(snapshot: string, last: string): boolean {
  return xmin(snapshot) < xmin(last);
}

function xmin(snapshot: string): bigint {
  return BigInt(snapshot.slice(0, snapshot.indexOf(':')));
}

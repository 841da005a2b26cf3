import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { transaction } from '../../database/transaction.ts';
import { historyOf } from '../feed/poll.ts';
import type { Versions } from '../source.ts';
import type { VersionChange } from '../versions.ts';

/** Version rows of a shop: its own, its barbers', and theirs of a range of days, where one is given. */
export interface VersionScope {
  readonly shopId: number;
  readonly barberIds: readonly number[];
  readonly days?: { readonly from: string; readonly to: string } | undefined;
}

/** The versions in Postgres at one moment, `at` (epoch ms). Those that never changed are left out. */
export interface CurrentVersions {
  readonly at: number;
  /** Names the history that they are of, as `VersionFeed.history` does. */
  readonly history: string;
  readonly versions: readonly VersionChange[];
}

interface VersionsRow {
  at: number;
  startedAt: string;
  table: string;
  versions: [barberId: number, day: string, version: number][];
}

interface Row {
  shop_id: number;
  barber_id: number;
  day: string;
  version: number;
}

/**
 * One statement, three ranges of the primary key: a barber's versions of other days are not looked at. `at` is
 * the start of the statement's transaction, and so before its snapshot.
 */
export async function selectVersions(
  db: Kysely<Database>,
  { shopId, barberIds, days }: VersionScope,
): Promise<CurrentVersions> {
  const ids = sql`${[...barberIds]}::integer[]`;
  const { rows } = await sql<VersionsRow>`
    select floor(extract(epoch from now()) * 1000)::float8 as at,
      extract(epoch from pg_postmaster_start_time())::text as "startedAt",
      (select oid from pg_database where datname = current_database()) || '/'
        || 'availability_version'::regclass::oid as "table",
      coalesce((
      select json_agg(json_build_array(barber_id, to_char(day, 'YYYY-MM-DD'), version)) from (
        select barber_id, null::date as day, version from availability_version
        where shop_id = ${shopId} and barber_id = 0 and day = '-infinity'
        union all
        select barber_id, null, version from availability_version
        where shop_id = ${shopId} and barber_id = any (${ids}) and day = '-infinity'
        union all
        select barber_id, day, version from availability_version
        where shop_id = ${shopId} and barber_id = any (${ids})
          and day between ${days?.from ?? null}::date and ${days?.to ?? null}::date
      ) as current), '[]') as versions`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('The query for versions had no answer');
  const versions = row.versions.map(([barberId, day, version]) => ({
    shopId,
    barberId,
    day: day ?? '',
    version,
  }));
  return { at: row.at, history: historyOf(row.startedAt, row.table), versions };
}

/** Counts up versions of a shop: each of these days of each barber; without days, the barbers' own; or the shop's. */
export function bumpVersions(
  db: Kysely<Database>,
  { shopId, barberIds, days }: VersionScope,
): Promise<readonly VersionChange[]> {
  const barbers = barberIds.length === 0 ? [0] : [...barberIds];
  const [from, to] = [days?.from ?? '-infinity', days?.to ?? '-infinity'];
  return transaction(db, async (tx) => {
    await sql`
      select bump_availability(array(
        select row(${shopId}, barber_id, day)::availability_key
        from unnest(${barbers}::integer[]) as barber_id, (
          select '-infinity'::date as day where ${from}::text = '-infinity'
          union all
          select generate_series(nullif(${from}, '-infinity')::date, nullif(${to}, '-infinity')::date, '1 day')::date
        ) as days))`.execute(tx);
    return changesOf(tx);
  });
}

/** Lifts versions to at least these; nobody is told, as what was read under lower ones is no older for that. */
export async function raiseVersions(
  db: Kysely<Database>,
  { shopId, barberId, day }: Omit<VersionChange, 'version'>,
  { shop, barber, day: ofDay }: Versions,
): Promise<void> {
  await sql`
    insert into availability_version as known (shop_id, barber_id, day, version)
    select distinct on (barber_id, day) ${shopId}::integer, barber_id, day, version from (values
      (0, '-infinity'::date, ${shop}::bigint),
      (${barberId}::integer, '-infinity', ${barber}::bigint),
      (${barberId}::integer, coalesce(nullif(${day}, '')::date, '-infinity'), ${ofDay}::bigint)
    ) as least (barber_id, day, version)
    where version > 0 order by barber_id, day, version desc
    on conflict (shop_id, barber_id, day) do update set version = greatest(known.version, excluded.version)`.execute(
    db,
  );
}

/** The versions that this transaction has counted up so far. */
export async function changesOf(trx: Transaction<Database>): Promise<VersionChange[]> {
  const { rows } = await sql<Row>`
    select shop_id, barber_id, case when day = '-infinity' then '' else to_char(day, 'YYYY-MM-DD') end as day, version
    from availability_version where changed_by = pg_current_xact_id_if_assigned()`.execute(trx);
  return rows.map(({ shop_id, barber_id, day, version }) => ({
    shopId: shop_id,
    barberId: barber_id,
    day,
    version,
  }));
}

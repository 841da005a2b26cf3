import { type Kysely, sql } from 'kysely';
import type { Tier } from '../../availability/cache/inspection.ts';
import type { Database } from '../../database/schema.ts';

/** A cached value that was not what Postgres said, and what Postgres said; null where it had none. */
export interface Find {
  /** Epoch ms. */
  readonly at: number;
  readonly tier: Tier;
  readonly key: string;
  readonly cached: object;
  readonly actual: object | null;
}

export interface Found {
  /** On all instances in the last 24 hours. */
  readonly found24h: number;
  /** Epoch ms. */
  readonly lastFoundAt: number | null;
}

/** What is found here and, by way of Postgres, on other instances. */
export interface Finds {
  add(find: Find): void;
  /** Records what was found here, and learns what was found elsewhere. */
  exchange(): Promise<void>;
  /** What was found here counts even where it could not be recorded yet. */
  found(): Found;
}

const MOST_UNRECORDED = 1_000;

export function createFinds(db: Kysely<Database>, instance: string): Finds {
  let unrecorded: readonly Find[] = [];
  let recorded: Found = { found24h: 0, lastFoundAt: null };

  return {
    add(find) {
      unrecorded = [...unrecorded, find].slice(-MOST_UNRECORDED);
    },
    async exchange() {
      const finds = unrecorded;
      await insertFinds(db, instance, finds);
      unrecorded = unrecorded.filter((find) => !finds.includes(find));
      recorded = await selectFound(db);
    },
    found: () => ({
      found24h: recorded.found24h + unrecorded.length,
      lastFoundAt: unrecorded.at(-1)?.at ?? recorded.lastFoundAt,
    }),
  };
}

async function insertFinds(db: Kysely<Database>, instance: string, finds: readonly Find[]): Promise<void> {
  if (finds.length === 0) return;
  const rows = finds.map(({ at, tier, key, cached, actual }) => ({
    at: new Date(at),
    instance,
    tier,
    key,
    cached: JSON.stringify(cached),
    actual: actual === null ? null : JSON.stringify(actual),
  }));
  await db.insertInto('cache_drift').values(rows).execute();
}

async function selectFound(db: Kysely<Database>): Promise<Found> {
  const { rows } = await sql<Found>`
    select (select count(*)::int from cache_drift where at > now() - interval '24 hours') as "found24h",
      (select floor(extract(epoch from max(at)) * 1000)::float8 from cache_drift) as "lastFoundAt"`.execute(
    db,
  );
  return rows[0] ?? { found24h: 0, lastFoundAt: null };
}

/** Finds are kept for 30 days. */
export async function pruneFinds(db: Kysely<Database>): Promise<void> {
  await sql`delete from cache_drift where at < now() - interval '30 days'`.execute(db);
}

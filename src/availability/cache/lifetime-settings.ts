import { type Kysely, sql, type Transaction } from 'kysely';
import { isUnreachable } from '../../database/errors.ts';
import type { Database } from '../../database/schema.ts';
import type { Logger } from '../../log.ts';
import { backoff } from '../../timing.ts';
import type { CachedSource } from '../cached-source.ts';
import { KIND_NAMES, type KindName, type Lifetimes } from '../loading/watcher.ts';

/** What an owner has set, for all instances. */
export interface LifetimeSetting {
  /** Null for what the environment says. */
  readonly seconds: number | null;
  /** Null where it was never set. */
  readonly updatedAt: Date | null;
}

export type LifetimeSettings = Readonly<Record<KindName, LifetimeSetting>>;
/** What is left out stays as it is; null goes back to the environment. */
export type LifetimeChange = Partial<Readonly<Record<KindName, number | null>>>;

export const SETTING_NAMES = {
  days: 'available_slots_ttl',
  schedules: 'barber_availability_ttl',
  rules: 'business_hours_ttl',
} as const satisfies Record<KindName, string>;

/** What the environment calls the setting of a kind. */
export function variableOf(kind: KindName): string {
  return `CACHE_${SETTING_NAMES[kind].toUpperCase()}`;
}

const NEVER_SET: LifetimeSetting = { seconds: null, updatedAt: null };

export async function selectLifetimeSettings(db: Kysely<Database>): Promise<LifetimeSettings> {
  const rows = await db.selectFrom('cache_setting').select(['name', 'seconds', 'updated_at']).execute();
  const of = (kind: KindName): LifetimeSetting => {
    const row = rows.find(({ name }) => name === SETTING_NAMES[kind]);
    return row === undefined ? NEVER_SET : { seconds: row.seconds, updatedAt: row.updated_at };
  };
  return { days: of('days'), schedules: of('schedules'), rules: of('rules') };
}

/** Sets some of them, from 1 to 86,400 seconds; a trigger tells every instance. */
export async function changeLifetimes(
  trx: Transaction<Database>,
  change: LifetimeChange,
): Promise<LifetimeSettings> {
  const kinds = KIND_NAMES.filter((kind) => change[kind] !== undefined);
  await sql`
    insert into cache_setting (name, seconds)
    select * from unnest(${kinds.map((kind) => SETTING_NAMES[kind])}::text[],
      ${kinds.map((kind) => change[kind] ?? null)}::integer[]) as change (name, seconds) order by name
    on conflict (name) do update set seconds = excluded.seconds, updated_at = now()`.execute(trx);
  return selectLifetimeSettings(trx);
}

/** Keeps the lifetimes of a source as they are set in Postgres. */
export interface LifetimeFollower {
  /** What the environment of this instance says. */
  readonly defaults: Lifetimes;
  /** Applies what Postgres says now. Never rejects: where that cannot be read, it is tried again. */
  apply(): Promise<void>;
  close(): Promise<void>;
}

/** The version of this key counts up when a setting changes: no shop has the number. */
const SETTINGS_SHOP = 0;

export function followLifetimes({
  db,
  source,
  log,
}: {
  readonly db: Kysely<Database>;
  readonly source: Pick<CachedSource, 'lifetimes' | 'setLifetimes' | 'onChange' | 'onCaughtUp'>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}): LifetimeFollower {
  const defaults = source.lifetimes();
  let last = Promise.resolve();
  let next: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  async function readAndApply(): Promise<void> {
    if (closed) return;
    clearTimeout(retry);
    try {
      const set = await selectLifetimeSettings(db);
      failures = 0;
      const now = source.lifetimes();
      const wanted: Lifetimes = {
        days: set.days.seconds ?? defaults.days,
        schedules: set.schedules.seconds ?? defaults.schedules,
        rules: set.rules.seconds ?? defaults.rules,
      };
      if (now.days === wanted.days && now.schedules === wanted.schedules && now.rules === wanted.rules)
        return;
      source.setLifetimes(wanted);
      log.info({ seconds: wanted }, 'The lifetimes of cached values are others now');
    } catch (err) {
      failures += 1;
      if (failures === 1) log.warn({ err }, 'Cannot read which lifetimes are set: they stay as they are');
      // What else goes wrong does so again; the next change, or the next time we catch up, tries anew.
      if (isUnreachable(err) && !closed) retry = setTimeout(apply, backoff(failures)).unref();
    }
  }

  /** One reading at a time; whoever asks during one gets the next. */
  function apply(): Promise<void> {
    next ??= last.then(() => {
      next = undefined;
      last = readAndApply();
      return last;
    });
    return next;
  }

  const stops = [
    source.onChange((changes) => {
      if (changes.some(({ shopId }) => shopId === SETTINGS_SHOP)) void apply();
    }),
    source.onCaughtUp(() => void apply()),
  ];

  return {
    defaults,
    apply,
    async close() {
      closed = true;
      for (const stop of stops) stop();
      clearTimeout(retry);
      await (next ?? last);
    },
  };
}

import type { KindName } from '../../availability/loading/watcher.ts';
import type { Loaded, Versions } from '../../availability/source.ts';
import { isBelow, isEqual } from '../../availability/versions.ts';
import type { BarberDay } from '../../calendar/barber-day.ts';
import { addDays, dateAt } from '../../calendar/time.ts';
import type { BarberSchedule } from '../../shop/rules.ts';

/** What Postgres said, in one snapshot taken after the cached value was found; the value is undefined where there is none. */
export interface Actual {
  readonly value: unknown;
  readonly versions: Versions;
  /** Epoch ms of Postgres. */
  readonly loadedAt: number;
}

/**
 * `old`: something has changed since, and nobody uses it who knows. `differs`: nothing has changed, and yet it is not
 * what Postgres says. `ahead`: of a version that Postgres has never had.
 */
export type Comparison = 'same' | 'old' | 'differs' | 'ahead';

/** `lapsedBy` (epoch ms): a hold that lapses no later may be gone already, by Postgres's clock. */
export function compare(
  kind: KindName,
  cached: Loaded<unknown>,
  actual: Actual,
  lapsedBy: number,
): Comparison {
  if (isBelow(actual.versions, cached.versions)) return 'ahead';
  if (!isEqual(actual.versions, cached.versions)) return 'old';

  const lasting = (value: unknown) =>
    canonical(lastingOf(kind, value, cached.loadedAt, actual.loadedAt, lapsedBy));
  return lasting(cached.value) === lasting(actual.value) ? 'same' : 'differs';
}

/** Without what differs between two loads though nothing was changed, because time has passed. */
function lastingOf(kind: KindName, value: unknown, before: number, after: number, lapsedBy: number): unknown {
  if (value === undefined) return null;
  if (kind === 'days') return withoutLapsed(value as BarberDay, lapsedBy);
  return kind === 'schedules' ? withinBoth(value as BarberSchedule, before, after) : value;
}

function withoutLapsed(day: BarberDay, lapsedBy: number): BarberDay {
  return {
    ...day,
    busy: day.busy.filter(([, , lapsesAt]) => lapsesAt === undefined || lapsesAt > lapsedBy),
  };
}

/** A schedule is loaded from a week ago to three years ahead, in the time zone of the session. */
const LOADED_BACK_DAYS = 7;
const LOADED_AHEAD_DAYS = 3 * 365;
const ZONES_DAYS = 2;

function withinBoth(schedule: BarberSchedule, before: number, after: number): BarberSchedule {
  const from = addDays(dateAt('UTC', after), ZONES_DAYS - LOADED_BACK_DAYS);
  const to = addDays(dateAt('UTC', before), LOADED_AHEAD_DAYS - ZONES_DAYS);
  const [first, last] = [`${from}T00:00`, `${to}T00:00`];
  return {
    ...schedule,
    overrides: schedule.overrides.filter(({ date }) => date >= from),
    timeOff: schedule.timeOff
      .filter((range) => range.to > first && range.from < last)
      .map((range) => ({
        from: range.from < first ? first : range.from,
        to: range.to > last ? last : range.to,
      })),
  };
}

/** JSON in which neither the order of fields nor that of a list's members counts; [start, end] is no list. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const members = value.map(canonical);
    return `[${(value.every((one) => typeof one === 'number') ? members : members.sort()).join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const named = fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${named.sort().join()}}`;
}

import type { Kysely } from 'kysely';
import type { BarberDay, Busy } from '../../calendar/barber-day.ts';
import { datesFrom, type LocalDay, localDay } from '../../calendar/time.ts';
import { timeOffWithin, workingTime } from '../../calendar/working-time.ts';
import type { Database } from '../../database/schema.ts';
import { dayRules } from '../../shop/hours.ts';
import type { AvailabilitySource, DayQuery, Loaded, Read, ShopSource, Versions } from '../source.ts';
import { selectBarberDays } from './barber-day-query.ts';
import { selectRules, selectSchedules, selectShopId } from './rules-query.ts';

export interface PostgresSource extends AvailabilitySource, ShopSource {
  /** Like `load`, as if the booking did not exist: what a booking that moves is judged against. */
  loadWithout(bookingId: number, query: DayQuery): Promise<readonly Loaded<BarberDay>[]>;
}

/**
 * Reads availability from our own tables, each call in one statement and so in one snapshot, whatever the
 * number of barbers and days. Given a transaction, it sees what the transaction sees.
 */
export function createPostgresSource(db: Kysely<Database>): PostgresSource {
  async function loadDays(query: DayQuery, without: number): Promise<readonly Loaded<BarberDay>[]> {
    if (query.barberIds.length === 0) return [];
    const row = await selectBarberDays(db, query, without);
    return row === undefined ? [] : barberDays(query, row);
  }

  return {
    async load(query, read) {
      return note(await loadDays(query, 0), read);
    },
    loadWithout: (bookingId, query) => loadDays(query, bookingId),
    find: (slug) => selectShopId(db, slug),
    async rules(shopId, read) {
      const loaded = await selectRules(db, shopId);
      if (loaded !== undefined) note([loaded], read);
      return loaded;
    },
    async schedules(shopId, barberIds, read) {
      return note(await selectSchedules(db, shopId, barberIds), read);
    },
  };
}

/** Read straight from Postgres: exact, and past any cache. */
function note<T>(loaded: readonly Loaded<T>[], read: Read | undefined): readonly Loaded<T>[] {
  if (read !== undefined) {
    read.bypassed += loaded.length;
    for (const { loadedAt } of loaded) read.asOf = Math.min(read.asOf, loadedAt);
  }
  return loaded;
}

type Row = NonNullable<Awaited<ReturnType<typeof selectBarberDays>>>;

function barberDays(query: DayQuery, row: Row): Loaded<BarberDay>[] {
  const days = datesFrom(query.from, query.to).map((date) => localDay(row.timezone, date));
  const shop = {
    openingHours: row.opening_hours.map(([weekday, opens, closes]) => ({ weekday, opens, closes })),
    closures: row.closures.map(([from, to]) => ({ from, to })),
  };
  const hours = groupByBarber(row.weekly_hours);
  const overrides = groupByBarber(row.overrides);
  const timeOff = groupByBarber(row.time_off);
  const occupied = groupByBarber(row.occupied);
  const versions = groupByBarber(row.versions);
  const versionsOf = (barberId: number) =>
    new Map(versions.get(barberId)?.map(([, day, version]) => [day, version]));
  const shopVersion = versionsOf(0).get('-infinity') ?? 0;

  return query.barberIds.flatMap((barberId) => {
    const rules = dayRules(shop, {
      weeklyHours: (hours.get(barberId) ?? []).map(([, weekday, opens, closes]) => ({
        weekday,
        opens,
        closes,
      })),
      overrides: overridesOf(overrides.get(barberId) ?? []),
    });
    const off = (timeOff.get(barberId) ?? []).map(([, from, to]) => ({ from, to }));
    const busyOn = clipper(occupied.get(barberId) ?? []);
    const own = versionsOf(barberId);
    const barberVersion = own.get('-infinity') ?? 0;
    return days.map((day) => {
      const value: BarberDay = {
        barberId,
        date: day.date,
        startsAt: day.startsAt,
        minutes: day.minutes,
        working: workingTime(day, rules),
        timeOff: timeOffWithin(day, off),
        busy: busyOn(day),
      };
      const made: Versions = { shop: shopVersion, barber: barberVersion, day: own.get(day.date) ?? 0 };
      return { value, versions: made, loadedAt: row.now };
    });
  });
}

type Occupied = readonly [barberId: number, start: number, end: number, lapsesAt: number | null];

/**
 * Cuts a barber's occupied ranges (epoch ms, sorted by start) into days asked for in order, in one walk. What
 * begins or ends within a minute occupies the whole minute.
 */
function clipper(occupied: readonly Occupied[]): (day: LocalDay) => Busy[] {
  let next = 0;
  return ({ startsAt, minutes }) => {
    const endsAt = startsAt + minutes * 60_000;
    const busy: Busy[] = [];
    let current = occupied[next];
    while (current !== undefined && current[2] <= startsAt) current = occupied[++next];
    let i = next;
    while (current !== undefined && current[1] < endsAt) {
      const lapsesAt = current[3];
      const from = Math.max(0, Math.floor((current[1] - startsAt) / 60_000));
      const to = Math.min(minutes, Math.ceil((current[2] - startsAt) / 60_000));
      if (to > from) busy.push(lapsesAt === null ? [from, to] : [from, to, lapsesAt]);
      current = occupied[++i];
    }
    return busy;
  };
}

function overridesOf(rows: Row['overrides']) {
  return [...groupBy(rows, ([, date]) => date)].map(([date, periods]) => ({
    date,
    periods: periods.flatMap(([, , opens, closes]) =>
      opens === null || closes === null ? [] : [{ opens, closes }],
    ),
  }));
}

function groupByBarber<T extends readonly [barberId: number, ...unknown[]]>(
  rows: readonly T[],
): Map<number, T[]> {
  return groupBy(rows, ([barberId]) => barberId);
}

/** `Map.groupBy`, which Node has from 21 on. */
function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

import type { Kysely } from 'kysely';
import type { BarberDay } from '../../calendar/barber-day.ts';
import { daysBetween } from '../../calendar/time.ts';
import type { Database } from '../../database/schema.ts';
import type { BarberSchedule, ShopRules } from '../../shop/rules.ts';
import type { Kind } from '../loading/kind.ts';
import type { Target } from '../loading/target.ts';
import type { AvailabilitySource, DayQuery, ShopSource } from '../source.ts';
import { dayKey, rulesKey, scheduleKey, targetsOfDays } from './keys.ts';
import { selectVersions } from './version-queries.ts';

export interface ScheduleQuery {
  readonly shopId: number;
  readonly barberIds: readonly number[];
}

/** A run of missing days that is no longer than this costs less than a call of the source more. */
const GAP_DAYS = 7;

/** Barber-days, which depend on their shop's, their barber's and their own version. */
export function barberDays(
  source: AvailabilitySource,
  db: Kysely<Database>,
  lifetime: () => number,
): Kind<DayQuery, BarberDay> {
  return {
    name: 'days',
    get ttlMs() {
      return lifetime();
    },
    targets: targetsOfDays,
    nameOf: nameOfDays,
    keyOf: (shopId, { barberId, date }) => dayKey(shopId, barberId, date),
    knownOf: (known, { shopId, barberId, day }) => known.of(shopId, barberId, day),
    load: (targets) => boxesOf(targets).map(async (box) => source.load(box)),
    current: ({ shopId, barberIds, from, to }) =>
      selectVersions(db, { shopId, barberIds, days: { from, to } }),
  };
}

/** One day's name is its key, which is remembered: to build and hash one took a third of a hit. */
function nameOfDays({ shopId, barberIds, from, to }: DayQuery): string {
  const [barberId] = barberIds;
  if (from === to && barberIds.length === 1 && barberId !== undefined) return dayKey(shopId, barberId, from);
  return `${shopId} ${from} ${to} ${barberIds.join()}`;
}

/** What barbers' days are made from; depends on the barber's version alone. Every target is of one shop. */
export function schedules(
  source: ShopSource,
  db: Kysely<Database>,
  lifetime: () => number,
): Kind<ScheduleQuery, BarberSchedule> {
  return {
    name: 'schedules',
    get ttlMs() {
      return lifetime();
    },
    targets: ({ shopId, barberIds }) =>
      barberIds.map((barberId) => ({ key: scheduleKey(shopId, barberId), shopId, barberId, day: '' })),
    nameOf: ({ shopId, barberIds }) => `${shopId} ${barberIds.join()}`,
    keyOf: (shopId, { barberId }) => scheduleKey(shopId, barberId),
    knownOf: (known, { shopId, barberId }) => ({ ...known.of(shopId, barberId, ''), shop: 0 }),
    load: (targets) => [
      (async () =>
        source.schedules(
          targets[0]?.shopId ?? 0,
          targets.map(({ barberId }) => barberId),
        ))(),
    ],
    current: (query) => selectVersions(db, query),
  };
}

/** A shop's settings, which depend on the shop's version alone. */
export function shopRules(
  source: ShopSource,
  db: Kysely<Database>,
  lifetime: () => number,
): Kind<{ readonly shopId: number }, ShopRules> {
  return {
    name: 'rules',
    get ttlMs() {
      return lifetime();
    },
    targets: ({ shopId }) => [{ key: rulesKey(shopId), shopId, barberId: 0, day: '' }],
    nameOf: ({ shopId }) => String(shopId),
    keyOf: rulesKey,
    knownOf: (known, { shopId }) => known.of(shopId, 0, ''),
    load: (targets) =>
      targets.map(async ({ shopId }) => {
        const loaded = await source.rules(shopId);
        return loaded === undefined ? [] : [loaded];
      }),
    current: ({ shopId }) => selectVersions(db, { shopId, barberIds: [] }),
  };
}

/**
 * Queries that cover the targets: a run of dates, for all barbers that miss one of them. A gap of more than a
 * week begins a new run.
 */
export function boxesOf(targets: readonly Target[]): DayQuery[] {
  const byDay = [...targets].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const boxes: { shopId: number; barberIds: Set<number>; from: string; to: string }[] = [];
  for (const { shopId, barberId, day } of byDay) {
    const last = boxes.at(-1);
    if (last === undefined || daysBetween(last.to, day) > GAP_DAYS) {
      boxes.push({ shopId, barberIds: new Set([barberId]), from: day, to: day });
    } else {
      last.to = day;
      last.barberIds.add(barberId);
    }
  }
  return boxes.map((box) => ({ ...box, barberIds: [...box.barberIds] }));
}

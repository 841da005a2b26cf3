import type { Kysely } from 'kysely';
import { rulesOfShop, type ShopSource } from '../../availability/source.ts';
import type { Interval } from '../../calendar/interval.ts';
import { addDays, datesFrom, formatInstant, type LocalDay, localDay } from '../../calendar/time.ts';
import { type LocalRange, timeOffWithin, workingTime } from '../../calendar/working-time.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, NO_SHOP, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { findOverridesOf } from '../../shop/administration/overrides.ts';
import { findTimeOffOf, type OwnTimeOff } from '../../shop/administration/time-off.ts';
import { dayRules } from '../../shop/hours.ts';
import { activeBarberIds, type BarberSchedule, type ShopRules } from '../../shop/rules.ts';
import { checkRange } from '../request.ts';

export interface WorkingTimeOptions {
  readonly shop?: string | undefined;
  /** First and last date at the shop, both included. */
  readonly from: string;
  readonly to: string;
  /** Without it every barber who has not retired. */
  readonly barberId?: number | undefined;
}

/** RFC 3339, with the shop's offset. */
export interface Stretch {
  readonly start: string;
  readonly end: string;
}

/** When one barber works on one date, and what of it is taken back by time off. */
export interface WorkingDay {
  readonly date: string;
  readonly barberId: number;
  readonly working: readonly Stretch[];
  readonly timeOff: readonly (Stretch &
    Pick<OwnTimeOff, 'id' | 'reason'> & {
      /** What it is a part of. */
      readonly whole: LocalRange;
    })[];
}

/**
 * The dates of each barber, one barber after the other. Rules come from the source, but for what it does not keep:
 * dates with hours of their own that are over, and of time off what it is. Either takes one statement.
 */
export async function findWorkingTime(
  db: Kysely<Database>,
  shops: ShopSource,
  { shop, from, to, barberId }: WorkingTimeOptions,
): Promise<Outcome<WorkingDay[]>> {
  const rules = await rulesOfShop(shops, shop);
  if (rules === undefined) return refuse(NO_SHOP);
  const faults: Fault[] = [];
  checkRange(from, to, faults);
  const ids = activeBarberIds(rules).filter((id) => barberId === undefined || id === barberId);
  if (barberId !== undefined && ids.length === 0)
    faults.push({ code: 'not_found', field: 'barberId', detail: 'No such barber works at this shop.' });
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;

  const schedules = await shops.schedules(rules.id, ids);
  const timeOff = await findTimeOffOf(db, ids, { from, to });
  // Shifts over midnight reach into a date from the ones before.
  const overrides = await findOverridesOf(db, ids, { from: addDays(from, -2), to });
  const days = datesFrom(from, to).map((date) => localDay(rules.timezone, date));
  return ok(
    schedules.flatMap(({ value }) => {
      const isOwn = ({ barberId: whose }: { readonly barberId: number }) => whose === value.barberId;
      const schedule = { ...value, overrides: overrides.filter(isOwn) };
      const own = timeOff.filter(isOwn);
      return days.map((day) => workingDay(rules, schedule, day, own));
    }),
  );
}

function workingDay(
  rules: ShopRules,
  schedule: BarberSchedule,
  day: LocalDay,
  timeOff: readonly OwnTimeOff[],
): WorkingDay {
  const stretch = ([from, to]: Interval): Stretch => ({
    start: formatInstant(day.startsAt + from * 60_000, day.zone),
    end: formatInstant(day.startsAt + to * 60_000, day.zone),
  });
  return {
    date: day.date,
    barberId: schedule.barberId,
    working: workingTime(day, dayRules(rules, schedule)).map(stretch),
    timeOff: timeOff.flatMap(({ id, reason, range }) =>
      timeOffWithin(day, [range]).map((part) => ({ ...stretch(part), id, reason, whole: range })),
    ),
  };
}

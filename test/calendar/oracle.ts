/**
 * A slow second opinion: asks Temporal for the local time of every single minute, and compares local
 * date-times as strings. It shares no arithmetic with src/calendar.
 */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { BookingWindow, Reason, ServiceTime } from '../../src/calendar/slots.ts';
import type { DayRules, LocalRange, Period } from '../../src/calendar/working-time.ts';

export const MINUTE = 60_000;
export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/** Days on which clocks do something unusual: over midnight, by half an hour, by a whole day, twice a year. */
export const ODD_DAYS: readonly (readonly [zone: string, date: string])[] = [
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Cairo', '2026-04-24'],
  ['Africa/Cairo', '2026-10-29'],
  ['Asia/Beirut', '2026-03-29'],
  ['Asia/Beirut', '2026-10-24'],
  ['America/Santiago', '2026-04-04'],
  ['America/Santiago', '2026-09-06'],
  ['America/Asuncion', '2024-03-23'],
  ['America/Asuncion', '2023-10-01'],
  ['America/Havana', '2026-03-08'],
  ['America/Havana', '2026-11-01'],
  ['America/St_Johns', '2010-03-14'],
  ['America/St_Johns', '2010-11-06'],
  ['America/St_Johns', '2010-11-07'],
  ['Pacific/Apia', '2011-12-29'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Apia', '2011-12-31'],
  ['Antarctica/Troll', '2026-03-29'],
  ['Antarctica/Troll', '2026-10-25'],
  ['Africa/Casablanca', '2026-02-15'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
];

export function dateAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Epoch milliseconds of the first instant of the date. */
export function startOf(zone: string, date: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}

/** 'YYYY-MM-DDTHH:MM' on the zone's clocks. */
function localAt(zone: string, instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toString().slice(0, 16);
}

/** The dates on whose frames the zone's clocks change. */
export function changesOf(zone: string, from: string, to: string): string[] {
  const dates = new Set<string>();
  let moment = Temporal.PlainDate.from(from).toZonedDateTime(zone).getTimeZoneTransition('next');
  while (moment !== null && moment.toPlainDate().toString() < to) {
    // The last minute before the change and the first after it may be on two dates.
    dates.add(moment.subtract({ minutes: 1 }).toPlainDate().toString()).add(moment.toPlainDate().toString());
    moment = moment.getTimeZoneTransition('next');
  }
  return [...dates];
}

/** An instant (epoch ms) and what the clocks show at it, 'YYYY-MM-DDTHH:MM'. */
export type Moment = readonly [instant: number, local: string];

/** Temporal takes 16 µs a minute, so the frames that come up again and again are kept. */
const frames = new Map<string, readonly Moment[]>();

/** The moments of the date's frame, `step` minutes apart. */
export function momentsOf(zone: string, date: string, step = 1): readonly Moment[] {
  const key = `${zone} ${date} ${step}`;
  const kept = frames.get(key);
  if (kept !== undefined) return kept;
  if (frames.size === 200) frames.clear();
  const moments: Moment[] = [];
  const end = startOf(zone, dateAfter(date, 1));
  for (let at = startOf(zone, date); at < end; at += step * MINUTE) moments.push([at, localAt(zone, at)]);
  frames.set(key, moments);
  return moments;
}

const within = (local: string, { from, to }: LocalRange): boolean => from <= local && local < to;

function asRange(date: string, { opens, closes }: Period): LocalRange {
  const midnight = Temporal.PlainDate.from(date).toPlainDateTime();
  const at = (minutes: number): string => midnight.add({ minutes }).toString().slice(0, 16);
  return { from: at(opens), to: at(closes) };
}

/** Answers per minute whether a barber works, for frames near the date. */
export function worksNear(date: string, rules: DayRules): (local: string) => boolean {
  const dates = [-4, -3, -2, -1, 0, 1, 2].map((days) => dateAfter(date, days));
  const hours = dates.flatMap((on) => rules.hoursOn(on).map((period) => asRange(on, period)));
  const opening = dates.flatMap((on) => rules.openingOn(on).map((period) => asRange(on, period)));
  return (local) =>
    hours.some((range) => within(local, range)) &&
    opening.some((range) => within(local, range)) &&
    !rules.closures.some((range) => within(local, range));
}

/** Whether the local time falls into one of the ranges. */
export function isWithin(local: string, ranges: readonly LocalRange[]): boolean {
  return ranges.some((range) => within(local, range));
}

export interface Booking {
  /** Epoch milliseconds; buffers included. */
  readonly from: number;
  readonly to: number;
  readonly lapsesAt?: number;
}

export interface Case {
  readonly zone: string;
  readonly date: string;
  readonly rules: DayRules;
  readonly timeOff: readonly LocalRange[];
  readonly bookings: readonly Booking[];
  readonly slotMinutes: number;
  readonly service: ServiceTime;
  readonly window: BookingWindow;
}

/** Every slot of the date (by instant) with the reason against it, minute by minute over three days. */
export function slotsOf(world: Case): { at: number; reason: Reason | undefined }[] {
  const { zone, date, service, window } = world;
  const [start, end] = [startOf(zone, date), startOf(zone, dateAfter(date, 1))];
  const worksAt = worksNear(date, world.rules);
  const live = world.bookings.filter(({ lapsesAt }) => lapsesAt === undefined || window.now < lapsesAt);
  const working = new Set<number>();
  const off = new Set<number>();
  const busy = new Set<number>();
  const grid: number[] = [];
  let opening = 0;
  for (const [at, local] of [-1, 0, 1].flatMap((days) => momentsOf(zone, dateAfter(date, days)))) {
    if (worksAt(local)) {
      if (!working.has(at - MINUTE)) opening = at;
      working.add(at);
      if (at >= start && at < end && (at - opening) % (world.slotMinutes * MINUTE) === 0) grid.push(at);
    }
    if (isWithin(local, world.timeOff)) off.add(at);
    if (live.some(({ from, to }) => from <= at && at < to)) busy.add(at);
  }
  const some = (set: Set<number>, from: number, minutes: number): boolean => {
    for (let n = 0; n < minutes; n++) if (set.has(from + n * MINUTE)) return true;
    return false;
  };
  const reasonAt = (at: number): Reason | undefined => {
    if (at < window.now) return 'past';
    if (at < window.earliest) return 'notice';
    if (at >= window.latest) return 'too_far_ahead';
    for (let n = 0; n < service.duration; n++) if (!working.has(at + n * MINUTE)) return 'too_long';
    if (some(off, at, service.duration)) return 'time_off';
    if (some(busy, at, service.duration)) return 'booked';
    const widened = service.bufferBefore + service.duration + service.bufferAfter;
    return some(busy, at - service.bufferBefore * MINUTE, widened) ? 'buffer' : undefined;
  };
  return grid.map((at) => ({ at, reason: reasonAt(at) }));
}

/** A zone and a date: an odd day, a day near a clock change, or any day. */
export const zoneAndDate: fc.Arbitrary<readonly [zone: string, date: string]> = fc.oneof(
  fc.constantFrom(...ODD_DAYS),
  fc
    .record({ zone: fc.constantFrom(...ZONES), pick: fc.nat(), days: fc.integer({ min: -1, max: 1 }) })
    .map(({ zone, pick, days }) => {
      const changes = changesOf(zone, '2024-01-01', '2028-01-01');
      return [zone, dateAfter(changes[pick % changes.length] ?? '2026-06-01', days)] as const;
    }),
  fc.tuple(
    fc.constantFrom(...ZONES),
    fc.integer({ min: 0, max: 9000 }).map((days) => dateAfter('2010-01-01', days)),
  ),
);

const quarters = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: min / 15, max: max / 15 }).map((n) => n * 15);

/** Day shifts, night shifts past midnight, and shifts of up to two days. */
const period: fc.Arbitrary<Period> = fc
  .oneof(
    fc.tuple(quarters(360, 720), quarters(60, 600)),
    fc.tuple(quarters(1080, 1425), quarters(60, 720)),
    fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 2880 })),
    fc.constant([0, 1440] as const),
  )
  .map(([opens, minutes]) => ({ opens, closes: Math.min(2880, opens + minutes) }));

/** Local ranges that begin at most two days from the date. */
export function rangesNear(date: string, maxLength: number): fc.Arbitrary<LocalRange[]> {
  const range = fc
    .record({ from: fc.integer({ min: -2880, max: 4320 }), minutes: fc.integer({ min: 1, max: 1500 }) })
    .map(({ from, minutes }) => asRange(date, { opens: from, closes: from + minutes }));
  return fc.array(range, { maxLength });
}

/** Hours and opening hours that differ from date to date, and a closure near the date. */
export function rulesNear(date: string): fc.Arbitrary<DayRules> {
  const periods = fc.array(period, { maxLength: 2 });
  const always: fc.Arbitrary<Period[]> = fc.constant([{ opens: 0, closes: 1440 }]);
  const threeDates = (one: fc.Arbitrary<Period[]>) => fc.array(one, { minLength: 3, maxLength: 3 });
  const on = (table: Period[][]) => (when: string) => table[Number(when.slice(8)) % 3] ?? [];
  return fc
    .record({
      hours: threeDates(periods),
      opening: fc.oneof(threeDates(periods), threeDates(always)),
      closures: rangesNear(date, 1),
    })
    .map(({ hours, opening, closures }) => ({ hoursOn: on(hours), openingOn: on(opening), closures }));
}

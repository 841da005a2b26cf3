import {
  away,
  type Barber,
  busy,
  type Service,
  type ServiceTime,
  type Shop,
  type Taken,
  working,
} from './shop.ts';

/** Why a time cannot be booked, in the order in which it counts; the last is the nearest to free. */
const OBJECTIONS = [
  'notice',
  'too_far_ahead',
  'outside',
  'off_grid',
  'too_long',
  'time_off',
  'booked',
  'buffer',
] as const;

export type Objection = (typeof OBJECTIONS)[number];

export interface Candidate {
  readonly barber: Barber;
  readonly time: ServiceTime;
}

/** What is known of a barber's minutes. */
export interface Day {
  readonly candidate: Candidate;
  readonly works: readonly boolean[];
  /** Where the work began that goes on at each position. */
  readonly opened: readonly number[];
  readonly away: readonly boolean[];
  readonly busy: readonly boolean[];
}

export function serviceOf({ services }: Shop, name: string | undefined): Service | undefined {
  return services.find((service) => service.active && service.name === name);
}

/** Who can be asked: everybody who is active, for a service who offers it. */
export function candidatesOf(shop: Shop, name: string | undefined, barberId?: number): Candidate[] {
  const service = serviceOf(shop, name);
  return shop.barbers.flatMap((barber) => {
    if (!barber.active || (barberId !== undefined && barber.id !== barberId)) return [];
    if (name === undefined) return { barber, time: { duration: shop.slotMinutes, before: 0, after: 0 } };
    const offer = barber.offers.get(name);
    if (service === undefined || offer === undefined) return [];
    const { duration, before, after } = service;
    return { barber, time: { duration: offer ?? duration, before, after } };
  });
}

export function daysOf(shop: Shop, candidates: readonly Candidate[], except?: Taken): Day[] {
  return candidates.map((candidate) => {
    const works = working(shop, candidate.barber);
    const opened: number[] = [];
    for (const [at, isWorking] of works.entries())
      opened.push(isWorking && works[at - 1] === true ? (opened[at - 1] ?? at) : at);
    return {
      candidate,
      works,
      opened,
      away: away(shop, candidate.barber),
      busy: busy(shop, candidate.barber.id, except),
    };
  });
}

/** Undefined where it can be booked. */
export function objectionTo(shop: Shop, day: Day, at: number, isStaff = false): Objection | undefined {
  const { works, candidate } = day;
  const { duration, before, after } = candidate.time;
  if (!isStaff && shop.noticed) return 'notice';
  if (!isStaff && at >= shop.calendar.frame(shop.lastDay)[1]) return 'too_far_ahead';
  if (works[at] !== true) return 'outside';
  if (!isSlot(shop, day, at)) return 'off_grid';
  if (!every(works, at, at + duration)) return 'too_long';
  if (some(day.away, at, at + duration)) return 'time_off';
  if (some(day.busy, at, at + duration)) return 'booked';
  if (some(day.busy, at - before, at + duration + after)) return 'buffer';
  return undefined;
}

export function nearest(objections: readonly Objection[]): Objection {
  return OBJECTIONS.findLast((objection) => objections.includes(objection)) ?? 'outside';
}

/** The grid runs from the minute at which the work began. */
function isSlot({ slotMinutes }: Shop, { works, opened }: Day, at: number): boolean {
  return works[at] === true && (at - (opened[at] ?? at)) % slotMinutes === 0;
}

export interface Slot {
  readonly at: number;
  readonly barberIds: readonly number[];
  readonly reason?: Objection;
}

/** Every slot of a compared day. */
export function slotsOn(shop: Shop, days: readonly Day[], date: number): Slot[] {
  const [from, to] = shop.calendar.frame(date);
  const slots: Slot[] = [];
  for (let at = from; at < to; at++) {
    const here = days.filter((day) => isSlot(shop, day, at));
    if (here.length === 0) continue;
    const against = here.map((day) => objectionTo(shop, day, at));
    const barberIds = here.filter((_, i) => against[i] === undefined).map((day) => day.candidate.barber.id);
    const known = against.filter((objection) => objection !== undefined);
    slots.push(barberIds.length > 0 ? { at, barberIds } : { at, barberIds, reason: nearest(known) });
  }
  return slots;
}

function some(minutes: readonly boolean[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (minutes[at] === true) return true;
  return false;
}

function every(minutes: readonly boolean[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (minutes[at] !== true) return false;
  return true;
}

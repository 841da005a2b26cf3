import { type Interval, normalise, shift, subtract } from './interval.ts';

/** Occupied minutes, buffers included; a hold stops being busy at the instant `lapsesAt` (epoch ms). */
export type Busy = readonly [start: number, end: number, lapsesAt?: number];

/** What is known of one barber on one date; all positions in elapsed minutes from the day's first instant. */
export interface BarberDay {
  readonly barberId: number;
  readonly date: string;
  /** Epoch milliseconds of the day's first instant. */
  readonly startsAt: number;
  readonly minutes: number;
  /** Sorted, disjoint; time off is not taken out. */
  readonly working: readonly Interval[];
  /** Sorted, disjoint. */
  readonly timeOff: readonly Interval[];
  /** Sorted by start, clipped to the day. */
  readonly busy: readonly Busy[];
}

/**
 * A day in which slots are looked for, with as much of its neighbours as they take: positions count from
 * the day's first instant, so they may be negative or lie behind `minutes`.
 */
export interface Timeline extends Omit<BarberDay, 'barberId'> {
  /** No service that takes longer (minutes) fits in anywhere; absent where nobody has looked. */
  readonly longestFree?: number;
}

/** The longest time without booking and time off, whatever becomes of holds; most days that are full show by it. */
export function longestFree({
  working,
  timeOff,
  busy,
}: Pick<BarberDay, 'working' | 'timeOff' | 'busy'>): number {
  const lasting = busy.flatMap(([start, end, lapsesAt]): Interval[] =>
    lapsesAt === undefined ? [[start, end]] : [],
  );
  const free = subtract(subtract(working, timeOff), normalise(lasting));
  return free.reduce((longest, [start, end]) => Math.max(longest, end - start), 0);
}

/** The day joined with its neighbours; working time that meets at midnight becomes one interval. */
export function timelineOf(day: BarberDay, previous?: BarberDay, next?: BarberDay): Timeline {
  if (previous === undefined && next === undefined) return day;
  const working: Interval[] = [];
  const timeOff: Interval[] = [];
  const busy: Busy[] = [];
  for (const part of [previous, day, next]) {
    if (part === undefined) continue;
    const by = (part.startsAt - day.startsAt) / 60_000;
    working.push(...shift(part.working, by));
    timeOff.push(...shift(part.timeOff, by));
    for (const [start, end, lapsesAt] of part.busy) {
      busy.push(lapsesAt === undefined ? [start + by, end + by] : [start + by, end + by, lapsesAt]);
    }
  }
  const { date, startsAt, minutes } = day;
  return { date, startsAt, minutes, working: normalise(working), timeOff: normalise(timeOff), busy };
}

/**
 * Whether the previous day can make a difference to slots with this buffer before them: the first working
 * time may have begun there (which moves the grid), or the buffer of its first slot reaches there.
 */
export function reachesBack(day: BarberDay, bufferBefore: number): boolean {
  const first = day.working[0];
  return first !== undefined && (first[0] <= 0 || first[0] < bufferBefore);
}

/**
 * Whether the next day can make a difference to slots with this buffer after them: the last working time may
 * go on there, or the buffer of a slot that ends with it reaches there. A larger reach errs towards yes.
 */
export function reachesForward(day: BarberDay, bufferAfter: number): boolean {
  const last = day.working.at(-1);
  return last !== undefined && (last[1] >= day.minutes || last[1] + bufferAfter > day.minutes);
}

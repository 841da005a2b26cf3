import {
  type BarberDay,
  longestFree,
  reachesBack,
  reachesForward,
  type Timeline,
  timelineOf,
} from '../calendar/barber-day.ts';
import type { ServiceTime } from '../calendar/slots.ts';
import { addDays } from '../calendar/time.ts';
import type { AvailabilitySource, DayQuery, Loaded, Read } from './source.ts';

type Buffers = Pick<ServiceTime, 'bufferBefore' | 'bufferAfter'>;

/** Whether neighbours before and after a range of days are needed. */
interface Reach {
  readonly back: boolean;
  readonly forward: boolean;
}

/** What was made of the days of one answer of the source. */
interface Made {
  readonly barbers: number;
  readonly buffers: Buffers;
  /** Of the days as the first and the last of the range. */
  reach?: Reach;
  /** Without the neighbours by which the answer reaches beyond the range. */
  rows?: readonly [beyond: Reach, timelines: readonly (readonly Timeline[])[]];
}

/** By the answer: a cached source gives the very same again until something changes, and this goes with it. */
const made = new WeakMap<readonly Loaded<BarberDay>[], Made>();

/**
 * The timelines of these barbers over a range of dates, one list a barber in the order asked. Neighbours of
 * the range are read only where work or a buffer spans the midnight between. They may be shared with others.
 */
export async function loadTimelines(
  source: Pick<AvailabilitySource, 'load'>,
  query: DayQuery,
  buffers: Buffers,
  read?: Read,
): Promise<readonly (readonly Timeline[])[]> {
  const loaded = await source.load(query, read);
  const beyond = reachOf(loaded, query, buffers);
  if (!beyond.back && !beyond.forward) return rowsOf(loaded, query, buffers, beyond);
  const wider = {
    ...query,
    from: addDays(query.from, beyond.back ? -1 : 0),
    to: addDays(query.to, beyond.forward ? 1 : 0),
  };
  return rowsOf(await source.load(wider, read), wider, buffers, beyond);
}

const lapses = new WeakMap<readonly (readonly Timeline[])[], readonly number[]>();

/** The instants (epoch ms) at which holds in these timelines lapse. */
export function lapsesIn(rows: readonly (readonly Timeline[])[]): readonly number[] {
  let found = lapses.get(rows);
  if (found === undefined) {
    found = rows.flatMap((row) =>
      row.flatMap(({ busy }) => busy.flatMap(([, , lapsesAt]) => (lapsesAt === undefined ? [] : [lapsesAt]))),
    );
    lapses.set(rows, found);
  }
  return found;
}

function reachOf(loaded: readonly Loaded<BarberDay>[], query: DayQuery, buffers: Buffers): Reach {
  const known = madeOf(loaded, query, buffers);
  if (known.reach === undefined) {
    const rows = byBarber(loaded, query);
    known.reach = {
      back: rows.some(([first]) => first !== undefined && reachesBack(first, buffers.bufferBefore)),
      forward: rows.some((days) => {
        const last = days.at(-1);
        return last !== undefined && reachesForward(last, buffers.bufferAfter);
      }),
    };
  }
  return known.reach;
}

function rowsOf(
  loaded: readonly Loaded<BarberDay>[],
  query: DayQuery,
  buffers: Buffers,
  { back, forward }: Reach,
): readonly (readonly Timeline[])[] {
  const known = madeOf(loaded, query, buffers);
  if (known.rows === undefined || known.rows[0].back !== back || known.rows[0].forward !== forward) {
    const rows = byBarber(loaded, query).map((days) =>
      joined(days, back ? 1 : 0, forward ? days.length - 1 : days.length, buffers),
    );
    known.rows = [{ back, forward }, rows];
  }
  return known.rows[1];
}

function madeOf(loaded: readonly Loaded<BarberDay>[], { barberIds }: DayQuery, buffers: Buffers): Made {
  const known = made.get(loaded);
  const isSame =
    known?.barbers === barberIds.length &&
    known.buffers.bufferBefore === buffers.bufferBefore &&
    known.buffers.bufferAfter === buffers.bufferAfter;
  if (known !== undefined && isSame) return known;
  const fresh: Made = { barbers: barberIds.length, buffers };
  made.set(loaded, fresh);
  return fresh;
}

function joined(days: readonly BarberDay[], from: number, to: number, buffers: Buffers): Timeline[] {
  return days.slice(from, to).map((day, i) => {
    const at = from + i;
    const previous = reachesBack(day, buffers.bufferBefore) ? days[at - 1] : undefined;
    const next = reachesForward(day, buffers.bufferAfter) ? days[at + 1] : undefined;
    const timeline = timelineOf(day, previous, next);
    return timeline === day ? copyOf(day) : timeline;
  });
}

const walkable = new WeakMap<BarberDay, Timeline>();

/**
 * What is cached is frozen, and V8 (Node 20) walks frozen arrays three to ten times slower than others: of such a day a
 * copy is made, once, and what can be known of it beforehand.
 */
function copyOf(day: BarberDay): Timeline {
  if (!Object.isFrozen(day)) return day;
  let copy = walkable.get(day);
  if (copy === undefined) {
    const { date, startsAt, minutes, working, timeOff, busy } = day;
    copy = {
      date,
      startsAt,
      minutes,
      working: working.map(([start, end]) => [start, end]),
      timeOff: timeOff.map(([start, end]) => [start, end]),
      busy: busy.map(([start, end, lapsesAt]) =>
        lapsesAt === undefined ? [start, end] : [start, end, lapsesAt],
      ),
      longestFree: longestFree(day),
    };
    walkable.set(day, copy);
  }
  return copy;
}

function byBarber(loaded: readonly Loaded<BarberDay>[], { barberIds }: DayQuery): BarberDay[][] {
  const days = loaded.length / Math.max(1, barberIds.length);
  return barberIds.map((_, i) => loaded.slice(i * days, (i + 1) * days).map(({ value }) => value));
}

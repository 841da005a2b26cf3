import {
  type BarberDay,
  reachesBack,
  reachesForward,
  type Timeline,
  timelineOf,
} from '../calendar/barber-day.ts';
import type { ServiceTime } from '../calendar/slots.ts';
import { addDays } from '../calendar/time.ts';
import type { AvailabilitySource, DayQuery, Read } from './source.ts';

type Buffers = Pick<ServiceTime, 'bufferBefore' | 'bufferAfter'>;

/**
 * The timelines of these barbers over a range of dates, one list a barber in the order asked. Neighbours of
 * the range are read only where work or a buffer spans the midnight between.
 */
export async function loadTimelines(
  source: Pick<AvailabilitySource, 'load'>,
  query: DayQuery,
  buffers: Buffers,
  read?: Read,
): Promise<Timeline[][]> {
  const rows = byBarber(await source.load(query, read), query);
  const back = rows.some(([first]) => first !== undefined && reachesBack(first, buffers.bufferBefore));
  const forward = rows.some((days) => {
    const last = days.at(-1);
    return last !== undefined && reachesForward(last, buffers.bufferAfter);
  });
  if (!back && !forward) return rows.map((days) => joined(days, 0, days.length, buffers));
  const wider = {
    ...query,
    from: addDays(query.from, back ? -1 : 0),
    to: addDays(query.to, forward ? 1 : 0),
  };
  const around = byBarber(await source.load(wider, read), wider);
  return around.map((days) => joined(days, back ? 1 : 0, forward ? days.length - 1 : days.length, buffers));
}

function joined(days: readonly BarberDay[], from: number, to: number, buffers: Buffers): Timeline[] {
  return days.slice(from, to).map((day, i) => {
    const at = from + i;
    const previous = reachesBack(day, buffers.bufferBefore) ? days[at - 1] : undefined;
    const next = reachesForward(day, buffers.bufferAfter) ? days[at + 1] : undefined;
    return timelineOf(day, previous, next);
  });
}

function byBarber(loaded: readonly { readonly value: BarberDay }[], { barberIds }: DayQuery): BarberDay[][] {
  const days = loaded.length / Math.max(1, barberIds.length);
  return barberIds.map((_, i) => loaded.slice(i * days, (i + 1) * days).map(({ value }) => value));
}

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, everything } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { type Resource, useResource } from '../../api/resource.ts';
import type { Barber } from '../../api/wire.ts';
import type { StaffBooking, WorkingDay } from '../wire.ts';

/** Everything that is shown of a range of dates. */
export interface Schedule {
  readonly dates: readonly string[];
  readonly bookings: readonly StaffBooking[];
  readonly working: readonly WorkingDay[];
}

/** Somebody's change often comes as several. */
const GATHER_MS = 150;

export interface Followed extends Resource<Schedule> {
  /** Counts up when somebody's change has been taken in, so that it can be said. */
  readonly news: number;
}

/**
 * The bookings and working time of these dates, read again when anything of the shop changes, here or elsewhere;
 * not while `paused`, but then at once.
 */
export function useSchedule(
  shop: string | undefined,
  dates: readonly string[] | undefined,
  paused: boolean,
): Followed {
  const [from, to] = [dates?.[0], dates?.at(-1)];
  const key = from === undefined || to === undefined ? undefined : `schedule ${shop ?? ''} ${from} ${to}`;
  const kept = useRef<{ readonly text: string; readonly schedule: Schedule } | undefined>(undefined);
  const resource = useResource(key, async (signal): Promise<Schedule> => {
    const query = { shop, from, to };
    const [bookings, { items }] = await Promise.all([
      everything<StaffBooking>('/api/v2/staff/calendar', { query, signal }),
      api.get<{ items: WorkingDay[] }>('/api/v2/staff/working-time', { query, signal }),
    ]);
    const read = { dates: dates ?? [], bookings, working: items };
    // Where nothing is new, nothing is drawn anew.
    const text = JSON.stringify(read);
    if (kept.current?.text !== text) kept.current = { text, schedule: read };
    return kept.current.schedule;
  });
  const { reload } = resource;
  const [news, setNews] = useState(0);
  const waiting = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isPaused = useRef(paused);
  isPaused.current = paused;

  const take = useCallback(() => {
    timer.current = undefined;
    if (isPaused.current) {
      waiting.current = true;
      return;
    }
    waiting.current = false;
    setNews((n) => n + 1);
    reload();
  }, [reload]);

  useLive(key === undefined ? undefined : { shop }, ({ date }) => {
    if (date !== null && dates !== undefined && !dates.includes(date)) return;
    timer.current ??= setTimeout(take, GATHER_MS);
  });
  useEffect(() => {
    if (!paused && waiting.current) take();
  }, [paused, take]);
  // Notes and who was there change nothing that is free, so that nobody is told: a look at the page asks again.
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && reload();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(timer.current);
    };
  }, [reload]);
  return { ...resource, news };
}

export interface Chair {
  readonly id: number;
  readonly name: string;
  /** Undefined for somebody who has left and still has bookings. */
  readonly barber: Barber | undefined;
}

/** Whose columns there are: those whose working time one may see, and who else has bookings that one may see. */
export function chairsOf({ bookings, working }: Schedule, barbers: readonly Barber[]): Chair[] {
  const ids = new Set(working.map(({ barber_id }) => barber_id));
  const chairs: Chair[] = barbers
    .filter(({ id }) => ids.has(id))
    .map((barber) => ({ id: barber.id, name: barber.name, barber }));
  for (const { barber_id, barber_name } of bookings)
    if (!chairs.some(({ id }) => id === barber_id))
      chairs.push({ id: barber_id, name: barber_name, barber: undefined });
  return chairs;
}

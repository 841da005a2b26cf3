import { expect } from 'vitest';
import { addDays, instantOf, positionOf, timeOf } from './calendar.ts';
import { faultsOf, only } from './decisions.ts';
import type { Asked, Servers } from './servers.ts';
import { isLive, type Shop, type Taken } from './shop.ts';
import {
  candidatesOf,
  type Day,
  daysOf,
  nearest,
  type Objection,
  objectionTo,
  type Slot,
  slotsOn,
} from './slots.ts';

/** A read, what it must be answered, and how an answer is written to compare. */
interface Look {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly asked?: Asked;
  /** Worked out when the read is on its way. */
  readonly expected: () => readonly string[];
  readonly write: (text: string) => readonly string[];
}

/** A read that begins this long after a write was acknowledged knows of it, whatever became of the feed. */
const FEED_LIMIT_MS = 1000;

export interface Written {
  /** The process that wrote; undefined for SQL typed by hand. */
  readonly by: number | undefined;
  /** Nobody wrote: a hold ran out, and the clocks of the processes are only about that of Postgres. */
  readonly byTheClock?: boolean;
}

/**
 * Compares every day on both processes. The one that wrote knows it at once; others know it at once when they are
 * asked exactly, and when they are not within a second.
 */
export async function compareEverything(shop: Shop, servers: Servers, written: Written): Promise<void> {
  const acknowledged = performance.now();
  const looks = looksAt(shop);
  const { by, byTheClock = false } = written;
  if (by !== undefined) await Promise.all(looks.map((look) => compare(servers, by, look, 'plain', 0)));
  for (const process of [0, 1].filter((other) => other !== by)) {
    const exactly = () =>
      Promise.all(
        looks
          .filter((_, i) => (i + shop.steps) % 2 === 0)
          .map((look) =>
            compare(servers, process, look, 'exact', byTheClock ? acknowledged + FEED_LIMIT_MS : 0),
          ),
      );
    const plainly = () =>
      Promise.all(
        looks.map((look) => compare(servers, process, look, 'plain', acknowledged + FEED_LIMIT_MS)),
      );
    // An exact read brings what the feed is to bring, so now the one comes first and now the other.
    for (const read of shop.steps % 4 < 2 ? [exactly, plainly] : [plainly, exactly]) await read();
  }
}

/** A read that is wrong is repeated until one that began at `limit` or later is wrong too. */
async function compare(
  servers: Servers,
  process: number,
  look: Look,
  mode: 'plain' | 'exact',
  limit: number,
): Promise<void> {
  const { method, path, asked, expected, write } = look;
  const headers = { ...asked?.headers, ...(mode === 'exact' && { 'cache-control': 'no-cache' }) };
  for (let isLast = false; !isLast; ) {
    isLast = performance.now() >= limit;
    const { summary, text } = await servers.send(process, method, path, { ...asked, headers });
    const seen = summary === '200' ? write(text) : [summary];
    if (seen.join() === expected().join()) return;
    if (isLast) expect(seen, `${mode} ${method} ${path} on process ${process}`).toEqual(expected());
  }
}

/** Another service every time, and now and then none. */
function looksAt(shop: Shop): Look[] {
  const names = [undefined, ...shop.services.map(({ name }) => name)];
  const service = names[shop.steps % names.length];
  const targets = [undefined, ...shop.barbers.map(({ id }) => id)];
  return [
    ...targets.flatMap((barberId) => looksFor(shop, service, barberId)),
    ...looksOfHolder(shop, service),
    batchLook(shop),
    calendarLook(shop),
  ];
}

function looksFor(
  shop: Shop,
  service: string | undefined,
  barberId: number | undefined,
  except?: Taken,
): Look[] {
  const { calendar } = shop;
  const known = once(() => {
    const days = daysOf(shop, candidatesOf(shop, service, barberId), except);
    return { days, slots: calendar.dates.map((_, day) => slotsOn(shop, days, day)) };
  });
  const [first = ''] = calendar.dates;
  const last = calendar.dates.at(-1) ?? '';
  const query = queryOf({ shop: shop.slug, service, barber_id: barberId });
  const look = (path: string, expected: Look['expected'], write: Look['write']): Look => ({
    method: 'GET',
    path: `/bookings/${path}&${query}`,
    expected: once(() => {
      const refusals = faultsOf(shop, service, barberId);
      return refusals.length > 0 ? [only(refusals)] : expected();
    }),
    write,
  });
  return [
    ...calendar.dates.map((date, day) =>
      look(
        `available-slots?target_date=${date}&include_next_available=${day === 1}`,
        () => [
          ...(known().slots[day] ?? []).map((slot) => lineOf(shop, slot)),
          ...(day === 1 ? nextLine(shop, known().slots.slice(day)) : []),
        ],
        (text) => writeSlots(shop, text),
      ),
    ),
    look(
      `available-days?from=${first}&to=${last}`,
      () =>
        calendar.dates.map((date, day) => dayLine(shop, date, known().days, day, known().slots[day] ?? [])),
      writeDays,
    ),
    look(
      `next-available?from=${first}`,
      () => nextLine(shop, known().slots),
      (text) => writeNext(shop, text),
    ),
  ];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** To its holder the slot is free. */
function looksOfHolder(shop: Shop, service: string | undefined): Look[] {
  const hold = shop.holds.findLast(isLive);
  if (hold === undefined) return [];
  const asked = { headers: { 'x-hold-token': hold.token } };
  return looksFor(shop, service, undefined, hold).map((look) => ({ ...look, asked }));
}

const BATCH_REASONS: Partial<Record<Objection, string>> = { outside: 'outside_hours', off_grid: 'unaligned' };

/** Three moments of every day for every service and barber, on the grid or not. */
function batchLook(shop: Shop): Look {
  const targets = [undefined, ...shop.barbers.map(({ id }) => id)];
  const items = shop.services.flatMap(({ name }) =>
    targets.flatMap((barberId) => {
      if (faultsOf(shop, name, barberId).length > 0) return [];
      return shop.calendar.dates.flatMap((_, date) =>
        [7, 11, 23].map((hours) => {
          const at = shop.calendar.frame(date)[0] + hours * 60 + (shop.steps % 12) * 5;
          return { name, barberId, at };
        }),
      );
    }),
  );
  const asked = items.map(({ name, barberId, at }) => {
    return { service: name, barber_id: barberId, start: instantOf(shop.calendar, at) };
  });
  return {
    method: 'POST',
    path: '/bookings/availability/batch',
    asked: { body: { shop: shop.slug, items: asked } },
    expected: once(() => {
      const daysBy = new Map<string, Day[]>();
      return items.map(({ name, barberId, at }) => {
        const key = `${name} ${barberId}`;
        const days = daysBy.get(key) ?? daysOf(shop, candidatesOf(shop, name, barberId));
        daysBy.set(key, days);
        const against = days.map((day) => objectionTo(shop, day, at));
        const known = against.filter((objection) => objection !== undefined);
        const reason = nearest(known);
        return known.length < against.length ? 'free' : (BATCH_REASONS[reason] ?? reason);
      });
    }),
    write(text) {
      const { results }: { results: { available: boolean; reason?: string }[] } = JSON.parse(text);
      return results.map(({ available, reason }) => (available ? 'free' : `${reason}`));
    },
  };
}

/** What is booked, as staff sees it. */
function calendarLook(shop: Shop): Look {
  const { calendar } = shop;
  const line = (b: {
    id: number;
    barber: number;
    at: number;
    minutes: number;
    service: string;
    rest: unknown[];
  }) =>
    `${b.id}: ${b.service} of ${b.minutes} at ${instantOf(calendar, b.at)} with ${b.barber} ${JSON.stringify(b.rest)}`;
  const query = queryOf({ shop: shop.slug, limit: 200 });
  const [first = ''] = calendar.dates;
  const last = addDays(calendar.dates.at(-1) ?? '', 1);
  return {
    method: 'GET',
    path: `/staff/calendar?from=${first}&to=${last}&${query}`,
    asked: { as: 'admin' },
    expected: () =>
      [...shop.bookings]
        .sort((a, b) => a.start - b.start || a.id - b.id)
        .map(({ id, barberId, start, duration, service, status, version, notes }) =>
          line({
            id,
            barber: barberId,
            at: start,
            minutes: duration,
            service,
            rest: [status, version, notes],
          }),
        ),
    write(text) {
      const { items }: { items: WireBooking[] } = JSON.parse(text);
      return items.map(({ id, barber_id, start, duration_minutes, service, status, version, notes }) => {
        const at = positionOf(calendar, start);
        const rest = [status, version, notes];
        return line({ id, barber: barber_id, at, minutes: duration_minutes, service, rest });
      });
    },
  };
}

export interface WireBooking {
  readonly id: number;
  readonly barber_id: number;
  readonly start: string;
  readonly duration_minutes: number;
  readonly service: string;
  readonly status: string;
  readonly version: number;
  readonly notes: string | null;
}

function writeSlots(shop: Shop, text: string): string[] {
  const body: {
    slots: { start: string; time: string; available: boolean; barber_ids?: number[]; reason?: string }[];
    next_available?: { datetime: string; barber_id: number } | null;
  } = JSON.parse(text);
  return [
    ...body.slots.map(
      ({ time, start, available, barber_ids = [], reason }) =>
        `${time} ${Date.parse(start) / 60_000} ${available} ${barber_ids.join(',')} ${reason}`,
    ),
    ...(body.next_available === undefined ? [] : writeNext(shop, text)),
  ];
}

function lineOf({ calendar }: Shop, { at, barberIds, reason }: Slot): string {
  const time = timeOf(calendar.wall[at] ?? 0);
  return `${time} ${calendar.origin + at} ${reason === undefined} ${barberIds.join(',')} ${reason}`;
}

function writeNext({ calendar }: Shop, text: string): string[] {
  const { next_available: next }: { next_available: { datetime: string; barber_id: number } | null } =
    JSON.parse(text);
  return [`next: ${next && `${instantOf(calendar, positionOf(calendar, next.datetime))} ${next.barber_id}`}`];
}

function nextLine({ calendar }: Shop, slots: readonly (readonly Slot[])[]): string[] {
  const next = slots.flat().find(({ reason }) => reason === undefined);
  return [`next: ${next ? `${instantOf(calendar, next.at)} ${next.barberIds[0]}` : null}`];
}

function writeDays(text: string): string[] {
  const { days }: { days: { date: string; free_slots: number; first_free: string | null; open: boolean }[] } =
    JSON.parse(text);
  return days.map(({ date, free_slots, first_free, open }) => `${date} ${free_slots} ${first_free} ${open}`);
}

function dayLine(
  shop: Shop,
  date: string,
  days: readonly Day[],
  day: number,
  slots: readonly Slot[],
): string {
  const { wall, frame } = shop.calendar;
  const [from, to] = frame(day);
  const free = slots.filter(({ reason }) => reason === undefined);
  const [first] = free;
  const isOpen = days.some(({ works, away }) =>
    works.slice(from, to).some((isWorking, i) => isWorking && away[from + i] !== true),
  );
  return `${date} ${free.length} ${first ? timeOf(wall[first.at] ?? 0) : null} ${isOpen}`;
}

function queryOf(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, `${value}`] satisfies [string, string]],
  );
  return new URLSearchParams(given).toString();
}

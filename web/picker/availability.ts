import { api, serverNow } from '../api/client.ts';
import { useLive } from '../api/live.ts';
import { type Resource, useResource } from '../api/resource.ts';
import type { Days, Next, Shop, Slots } from '../api/wire.ts';
import { addDays, addMonths, dateIn } from '../time/dates.ts';

/** What is to be booked. */
export interface Wanted {
  readonly shop: Shop;
  readonly service: string;
  /** Undefined is anybody. */
  readonly barberId: number | undefined;
}

const READS = '/api/v2/bookings';

function queryOf({ shop, service, barberId }: Wanted) {
  return { shop: shop.slug, service, barber_id: barberId };
}

/** Slots, and whether the server could not make sure that they are as of now: its database is away. */
export interface SeenSlots extends Slots {
  readonly isDegraded: boolean;
}

/** The slots of a date, live: asked again as soon as the server says that something changed. */
export function useSlots(
  wanted: Wanted,
  date: string | undefined,
  holdToken: string | undefined,
): Resource<SeenSlots> {
  const query = { ...queryOf(wanted), target_date: date };
  const headers = { 'x-hold-token': holdToken };
  const key = date === undefined ? undefined : JSON.stringify(query) + (holdToken ?? '');
  const slots = useResource(key, async (signal) => {
    let isDegraded = false;
    const seen = (answered: Headers) => {
      isDegraded = answered.get('cache-status')?.includes('detail=degraded') ?? false;
    };
    const answer = await api.get<Slots>(`${READS}/available-slots`, { query, headers, signal, seen });
    return { ...answer, isDegraded };
  });
  const { barberId, shop } = wanted;
  useLive(date === undefined ? undefined : { shop: shop.slug, date, barberId }, slots.reload);
  return slots;
}

/** The days of a month (`2026-11`) that can be booked at all; none where it lies outside. */
export function useDays(wanted: Wanted, month: string): Resource<Days> {
  const { first, last } = bookable(wanted.shop);
  const [from, to] = [`${month}-01`, addDays(`${addMonths(month, 1)}-01`, -1)];
  const query = { ...queryOf(wanted), from: from < first ? first : from, to: to > last ? last : to };
  const key = query.from > query.to ? undefined : JSON.stringify(query);
  return useResource(key, (signal) => api.get<Days>(`${READS}/available-days`, { query, signal }));
}

export function useNext(wanted: Wanted | undefined): Resource<Next> {
  const query = wanted && queryOf(wanted);
  return useResource(query && JSON.stringify(query), (signal) =>
    api.get<Next>(`${READS}/next-available`, { ...(query && { query }), signal }),
  );
}

/** From when to when the shop is open today, closures considered; null: closed. Undefined while it is asked for. */
export function useHours(shop: Shop): Slots['business_hours'] | undefined {
  const target_date = dateIn(shop.timezone, serverNow());
  const query = { shop: shop.slug, target_date, include_next_available: false };
  const today = useResource(JSON.stringify(query), (signal) =>
    api.get<Slots>(`${READS}/available-slots`, { query, signal }),
  );
  return today.value?.business_hours;
}

/** The first and the last date that can be booked, at the shop. */
export function bookable({ timezone, horizon_days: days }: Shop): { first: string; last: string } {
  const first = dateIn(timezone, serverNow());
  return { first, last: addDays(first, days) };
}

import { api, everything } from '../../api/client.ts';
import type { Booking, Shop } from '../../api/wire.ts';
import type { Change, ChangeOf } from './wire.ts';

const BOOKINGS = '/api/v2/bookings';

/** A booking, and the token that opens it to a guest; without one the session does. */
export interface Ref {
  readonly id: number;
  readonly manageToken?: string | undefined;
}

export function loadManaged(manageToken: string, signal: AbortSignal): Promise<Booking> {
  return api.get(`${BOOKINGS}/managed`, { headers: headersOf({ manageToken }), signal });
}

export function loadBooking(ref: Ref, signal: AbortSignal): Promise<Booking> {
  return api.get(`${BOOKINGS}/${ref.id}`, { headers: headersOf(ref), signal });
}

/** In any order. */
export function loadOwnBookings(signal: AbortSignal): Promise<Booking[]> {
  return everything(BOOKINGS, { signal });
}

export function loadHistory(ref: Ref, signal: AbortSignal): Promise<Change[]> {
  return everything(`${BOOKINGS}/${ref.id}/history`, { headers: headersOf(ref), signal });
}

export function loadShop(shop: string, signal: AbortSignal): Promise<Shop> {
  return api.get('/api/v2/shop', { query: { shop }, signal });
}

/** Refused with `version_conflict` where the booking is another by now. */
export function changeBooking(ref: Ref, version: number, body: ChangeOf, key: string): Promise<Booking> {
  const headers = { ...headersOf(ref), 'if-match': `"${version}"`, 'idempotency-key': key };
  return api.patch(`${BOOKINGS}/${ref.id}`, { headers, body });
}

export function cancelBooking(ref: Ref, key: string): Promise<Booking> {
  return api.post(`${BOOKINGS}/${ref.id}/cancel`, { headers: { ...headersOf(ref), 'idempotency-key': key } });
}

function headersOf({ manageToken }: { readonly manageToken?: string | undefined }) {
  return { 'x-manage-token': manageToken };
}

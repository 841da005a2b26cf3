import { api } from '../../api/client.ts';
import { type Resource, useResource } from '../../api/resource.ts';
import type { Booking } from '../../api/wire.ts';
import { keep, kept } from '../holding/kept.ts';

export interface Confirmation {
  /** A guest's has the token to manage it with. */
  readonly booking: Booking & { readonly manage_token?: string };
  readonly email: string | undefined;
}

export function keepConfirmed(confirmation: Confirmation): void {
  keep('confirmed', confirmation);
}

/** What was booked in this tab; else, for whoever is signed in, what the server knows under this id. */
export function useConfirmation(bookingId: number): Resource<Confirmation> {
  return useResource(String(bookingId), async (signal) => {
    const known = kept('confirmed', isConfirmation);
    if (known?.booking.id === bookingId) return known;
    const booking = await api.get<Booking>(`/api/v2/bookings/${bookingId}`, { signal });
    return { booking, email: undefined };
  });
}

function isConfirmation(value: unknown): value is Confirmation {
  return typeof Object(Object(value).booking).id === 'number';
}

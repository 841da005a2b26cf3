import { traced } from '../tracing.ts';
import type { BookingMethods } from './types/service.ts';

/** What people do: to read what is free, and to book it. */
const METHODS = [
  'getAvailableSlots',
  'getAvailableSlotsWithBarberAvailability',
  'getAvailableDays',
  'getNextAvailableSlot',
  'checkAvailability',
  'holdSlot',
  'createBooking',
  'createGuestBooking',
  'createStaffBooking',
  'updateBooking',
  'rescheduleBooking',
  'cancelBooking',
] as const satisfies readonly (keyof BookingMethods)[];

type Method = (options: never) => Promise<{ readonly kind: string }>;

/** The same methods, those above in spans named `freshchair.booking.<method>`, with the outcome and no names. */
export function tracedBookings(methods: BookingMethods): BookingMethods {
  const wrapped = METHODS.map((name) => {
    const method: Method = methods[name];
    const about = { outcome: attributesOf };
    const call: Method = (options) => traced(`freshchair.booking.${name}`, about, () => method(options));
    return [name, call] as const;
  });
  return { ...methods, ...Object.fromEntries(wrapped) };
}

function attributesOf(outcome: object): Record<string, string> {
  const { kind, faults, value } = outcome as {
    kind: string;
    faults?: readonly { readonly code: string }[];
    value?: { readonly read?: { readonly status: string } } | null;
  };
  const status = value?.read?.status;
  return {
    'freshchair.outcome': faults?.[0]?.code ?? kind,
    ...(status !== undefined && { 'freshchair.read.status': status }),
  };
}

import { formatInstant } from '../../calendar/time.ts';
import { type Fault, type Refusal, refusalOf } from '../../outcome.ts';
import type { ShopRules } from '../../shop/rules.ts';
import { type Candidate, candidatesFor, instantOf, zoneFor } from '../request.ts';
import type { UpdateBookingOptions, When } from '../types/bookings.ts';
import type { LockedBooking } from './statements.ts';

type UpdateData = UpdateBookingOptions['updateData'];

interface Target {
  readonly candidate: Candidate;
  readonly serviceId: number;
  readonly serviceName: string;
  readonly instant: number;
}

/** Where the booking goes. With the same barber and service it stays as long and as dear as it was booked. */
export function targetOf(
  rules: ShopRules,
  booking: LockedBooking,
  data: UpdateData,
  faults: Fault[],
): Target | Refusal {
  const instant = instantOf(rules, whenOf(rules, booking, data), faults);
  const barberId = data.barberId ?? booking.barberId;
  const known = rules.services.find(({ id }) => id === booking.serviceId)?.name ?? booking.serviceName;
  const asBooked = data.service === undefined && barberId === booking.barberId;
  const [candidate] = candidatesFor(rules, asBooked ? undefined : (data.service ?? known), barberId, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  if (candidate === undefined || instant === undefined)
    throw new Error('A change without faults has a target');
  const { service } = candidate;
  if (asBooked || service === undefined) {
    const { serviceId, serviceName } = booking;
    return {
      candidate: { ...candidate, time: timeOf(booking), price: booking.price },
      serviceId,
      serviceName,
      instant,
    };
  }
  return { candidate, serviceId: service.id, serviceName: service.name, instant };
}

function timeOf({ startsAt, endsAt, from, to }: LockedBooking): Candidate['time'] {
  return {
    duration: (endsAt - startsAt) / 60_000,
    bufferBefore: (startsAt - from) / 60_000,
    bufferAfter: (to - endsAt) / 60_000,
  };
}

/** A date without a time keeps the time, a time without a date the date, in the zone they are given in. */
function whenOf(rules: ShopRules, { startsAt }: LockedBooking, data: UpdateData): When {
  const { start, bookingDate, bookingTime, userTimezone } = data;
  const present = formatInstant(startsAt, zoneFor(rules, userTimezone, []));
  const date = bookingDate ?? present.slice(0, 10);
  const time = bookingTime ?? present.slice(11, 16);
  // What stays where it is stays at its instant: of two equal local times it may be the second.
  const stays = `${date}T${time}` === present.slice(0, 16);
  return {
    start: start ?? (stays ? present : undefined),
    bookingDate: date,
    bookingTime: time,
    userTimezone,
  };
}

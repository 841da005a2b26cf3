import { createPostgresSource } from '../../availability/postgres/postgres-source.ts';
import { formatInstant } from '../../calendar/time.ts';
import { type Fault, NO_SHOP, type Outcome, type Refusal, refusalOf, refuse } from '../../outcome.ts';
import type { ShopRules } from '../../shop/rules.ts';
import { faultOf, objectionWithin, SLOT_TAKEN } from '../decision.ts';
import { type Candidate, candidatesFor, checkNotes, instantOf, NO_BOOKING, zoneFor } from '../request.ts';
import type { Booking, BookingRef, UpdateBookingOptions, When } from '../types/bookings.ts';
import { commit, type WriteContext, written } from './commit.ts';
import {
  actAs,
  changeBooking,
  deleteLapsedHolds,
  type LockedBooking,
  lockBooking,
  lockForBooking,
  moveBooking,
  occupiedBy,
} from './statements.ts';

type UpdateData = UpdateBookingOptions['updateData'];

/** Changes when, with whom or what a booking is, or its notes; judged as if the booking were not there yet. */
export async function updateBooking(
  context: WriteContext,
  { bookingId, userId, shop, updateData, ifVersion }: UpdateBookingOptions,
): Promise<Outcome<Booking>> {
  const now = context.clock.now();
  const outcome = await commit(context, async (trx) => {
    const booking = await lockBooking(trx, { bookingId, userId, shop });
    if (booking === undefined) return refuse(NO_BOOKING);
    const conflict = changedMeanwhile(booking, ifVersion) ?? ended(booking);
    if (conflict !== undefined) return refuse(conflict);
    const notes = updateData.notes === undefined ? booking.notes : updateData.notes;
    const faults: Fault[] = [];
    checkNotes(notes, faults);

    await actAs(trx, { role: 'client', userId });
    const move = isMove(updateData);
    if (move)
      await lockForBooking(trx, booking.shopId, [booking.barberId, updateData.barberId ?? booking.barberId]);
    const rules = (await createPostgresSource(trx).rules(booking.shopId))?.value;
    if (rules === undefined) return refuse(NO_SHOP);
    if (!move) {
      zoneFor(rules, updateData.userTimezone, faults);
      const refusal = refusalOf(faults);
      if (refusal !== undefined) return refusal;
      if (notes !== booking.notes) await changeBooking(trx, bookingId, { notes });
      return written(trx, bookingId, userId);
    }
    const late = tooLate(booking, rules, now);
    if (late !== undefined) return refuse(late);
    const target = targetOf(rules, booking, updateData, faults);
    if ('kind' in target) return target;
    const { candidate, instant } = target;
    const objection = await objectionWithin(trx, rules, candidate, instant, now, bookingId);
    if (objection !== undefined) return refuse(faultOf(objection, rules));
    const barberId = candidate.barber.id;
    const occupied = occupiedBy(instant, candidate.time);
    await deleteLapsedHolds(trx, barberId, occupied);
    const { serviceId, serviceName } = target;
    await moveBooking(
      trx,
      bookingId,
      { barberId, serviceId, serviceName, price: candidate.price, occupied },
      notes,
    );
    return written(trx, bookingId, userId);
  });
  return outcome.kind === 'lost' ? refuse(SLOT_TAKEN) : outcome;
}

/** Cancels a booking, which frees its slot at once; not after the shop's cancellation notice. */
export async function cancelBooking(
  context: WriteContext,
  { bookingId, userId, shop }: BookingRef,
): Promise<Outcome<Booking>> {
  const now = context.clock.now();
  const outcome = await commit(context, async (trx) => {
    const booking = await lockBooking(trx, { bookingId, userId, shop });
    if (booking === undefined) return refuse(NO_BOOKING);
    const rules = (await createPostgresSource(trx).rules(booking.shopId))?.value;
    if (rules === undefined) return refuse(NO_SHOP);
    const conflict = ended(booking) ?? tooLate(booking, rules, now);
    if (conflict !== undefined) return refuse(conflict);
    await actAs(trx, { role: 'client', userId });
    await changeBooking(trx, bookingId, { status: 'cancelled' });
    return written(trx, bookingId, userId);
  });
  return outcome.kind === 'lost' ? refuse(SLOT_TAKEN) : outcome;
}

function changedMeanwhile({ version }: LockedBooking, ifVersion: number | undefined): Fault | undefined {
  if (ifVersion === undefined || ifVersion === version) return undefined;
  const detail = `The booking was changed meanwhile and has version ${version} now. Read it again.`;
  return { code: 'version_conflict', field: 'version', detail };
}

function ended({ status }: LockedBooking): Fault | undefined {
  if (status === 'confirmed') return undefined;
  if (status === 'cancelled') {
    return {
      code: 'already_cancelled',
      field: 'bookingId',
      detail: 'The booking is cancelled. Book again instead.',
    };
  }
  return {
    code: 'too_late_to_cancel',
    field: 'bookingId',
    detail: 'The booking is over and can no longer change.',
  };
}

function tooLate({ startsAt }: LockedBooking, rules: ShopRules, now: number): Fault | undefined {
  const { cancellationNoticeMinutes: notice } = rules;
  if (now < startsAt && now <= startsAt - notice * 60_000) return undefined;
  const detail =
    notice === 0
      ? 'The booking has begun and can no longer be moved or cancelled.'
      : `The shop takes changes up to ${notice} minutes before the start. Call the shop instead.`;
  return { code: 'too_late_to_cancel', field: 'bookingId', detail };
}

function isMove({ start, bookingDate, bookingTime, service, barberId }: UpdateData): boolean {
  return [start, bookingDate, bookingTime, service, barberId].some((given) => given !== undefined);
}

interface Target {
  readonly candidate: Candidate;
  readonly serviceId: number;
  readonly serviceName: string;
  readonly instant: number;
}

/** Where the booking goes. With the same barber and service it stays as long and as dear as it was booked. */
function targetOf(
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

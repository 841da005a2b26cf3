import type { Transaction } from 'kysely';
import { createPostgresSource } from '../../availability/postgres/postgres-source.ts';
import { bookingWindow } from '../../calendar/slots.ts';
import { formatInstant } from '../../calendar/time.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, NO_SHOP, type Outcome, ok, type Refusal, refusalOf, refuse } from '../../outcome.ts';
import type { ShopRules } from '../../shop/rules.ts';
import { faultOf, objectionWithin, SLOT_TAKEN } from '../decision.ts';
import { selectStaffBooking, withoutClient } from '../queries.ts';
import { checkNotes, NO_BOOKING, zoneFor } from '../request.ts';
import type {
  Booking,
  BookingRef,
  StatusOptions,
  UpdateBookingOptions,
  WriteOptions,
} from '../types/bookings.ts';
import { staffWindow } from './bookings.ts';
import { commit, type Lost, type WriteContext } from './commit.ts';
import { tellClient } from './mail.ts';
import {
  type Actor,
  actAs,
  changeBooking,
  deleteLapsedHolds,
  type LockedBooking,
  lockBooking,
  lockForBooking,
  moveBooking,
  occupiedBy,
} from './statements.ts';
import { targetOf } from './target.ts';

type UpdateData = UpdateBookingOptions['updateData'];

/** Changes when, with whom or what a booking is, or its notes; judged as if the booking were not there yet. */
export async function updateBooking(
  context: WriteContext,
  { updateData, ifVersion, inTransaction, ...ref }: UpdateBookingOptions,
): Promise<Outcome<Booking>> {
  const now = context.clock.now();
  return settled(
    await commit(context, async (trx) => {
      const booking = await lockBooking(trx, ref);
      if (booking === undefined) return refuse(NO_BOOKING);
      const mayChange = isStaff(booking) && booking.status !== 'cancelled' && !isMove(updateData);
      const conflict = changedMeanwhile(booking, ifVersion) ?? (mayChange ? undefined : ended(booking));
      if (conflict !== undefined) return refuse(conflict);
      await actAs(trx, actorOf(booking, ref));
      const refusal = isMove(updateData)
        ? await move(trx, booking, updateData, now)
        : await annotate(trx, booking, updateData);
      if (refusal !== undefined) return refusal;
      const changed = await selectStaffBooking(trx, booking.id);
      if (isAnother(changed, booking)) {
        const previousStart = formatInstant(booking.startsAt, changed.timezone);
        await tellClient(trx, changed, { template: 'booking_changed', previousStart });
      }
      return finished(trx, withoutClient(changed), inTransaction);
    }),
  );
}

async function annotate(
  trx: Transaction<Database>,
  booking: LockedBooking,
  { notes = booking.notes, userTimezone }: UpdateData,
): Promise<Refusal | undefined> {
  const faults: Fault[] = [];
  checkNotes(notes, faults);
  const rules = await rulesOf(trx, booking);
  if (rules === undefined) return refuse(NO_SHOP);
  zoneFor(rules, userTimezone, faults);
  const refusal = refusalOf(faults);
  if (refusal === undefined && notes !== booking.notes) await changeBooking(trx, booking.id, { notes });
  return refusal;
}

async function move(
  trx: Transaction<Database>,
  booking: LockedBooking,
  data: UpdateData,
  now: number,
): Promise<Refusal | Lost | undefined> {
  const { notes = booking.notes, barberId: asked = booking.barberId } = data;
  await lockForBooking(trx, booking.shopId, [booking.barberId, asked]);
  const rules = await rulesOf(trx, booking);
  if (rules === undefined) return refuse(NO_SHOP);
  const late = tooLate(booking, rules, now);
  if (late !== undefined) return refuse(late);
  const faults: Fault[] = [];
  checkNotes(notes, faults);
  const target = targetOf(rules, booking, data, faults);
  if ('kind' in target) return target;
  const { candidate, instant, serviceId, serviceName } = target;
  const barberId = candidate.barber.id;
  if (booking.standing === 'barber' && barberId !== booking.barberId) return refuse(ANOTHER_CHAIR);
  const window = isStaff(booking) ? staffWindow(rules, now) : bookingWindow(rules, now);
  const objection = await objectionWithin(trx, rules, candidate, instant, window, booking.id);
  if (objection !== undefined) return refuse(faultOf(objection, rules));
  const occupied = occupiedBy(instant, candidate.time);
  await deleteLapsedHolds(trx, barberId, occupied);
  const to = { barberId, serviceId, serviceName, price: candidate.price, occupied };
  await moveBooking(trx, booking.id, to, notes);
  return undefined;
}

const ANOTHER_CHAIR: Fault = {
  code: 'forbidden',
  field: 'barberId',
  detail: 'Barbers may move bookings within their own chair only. Ask an administrator.',
};

/** Cancels a booking, which frees its slot at once; a client not after the shop's cancellation notice. */
export async function cancelBooking(
  context: WriteContext,
  { inTransaction, ...ref }: StatusOptions,
): Promise<Outcome<Booking>> {
  const now = context.clock.now();
  return settled(
    await commit(context, async (trx) => {
      const booking = await lockBooking(trx, ref);
      if (booking === undefined) return refuse(NO_BOOKING);
      const over = ended(booking);
      if (over !== undefined) return refuse(over);
      const rules = await rulesOf(trx, booking);
      if (rules === undefined) return refuse(NO_SHOP);
      const late = tooLate(booking, rules, now);
      if (late !== undefined) return refuse(late);
      await actAs(trx, actorOf(booking, ref));
      await changeBooking(trx, booking.id, { status: 'cancelled' });
      const cancelled = await selectStaffBooking(trx, booking.id);
      await tellClient(trx, cancelled, { template: 'booking_cancelled' });
      return finished(trx, withoutClient(cancelled), inTransaction);
    }),
  );
}

/**
 * Says whether the client was there. Only staff can, and can correct it; a no-show gives its time back, so that
 * the correction may find it taken.
 */
export async function closeBooking(
  context: WriteContext,
  status: 'completed' | 'no_show',
  { inTransaction, ...ref }: StatusOptions,
): Promise<Outcome<Booking>> {
  return settled(
    await commit(context, async (trx) => {
      const booking = await lockBooking(trx, ref);
      if (booking === undefined) return refuse(NO_BOOKING);
      if (!isStaff(booking)) return refuse(STAFF_ONLY);
      if (booking.status === 'cancelled') return refuse(CANCELLED);
      if (booking.status !== status) {
        await actAs(trx, actorOf(booking, ref));
        await lockForBooking(trx, booking.shopId, [booking.barberId]);
        await deleteLapsedHolds(trx, booking.barberId, booking);
        await changeBooking(trx, booking.id, { status });
      }
      return finished(trx, withoutClient(await selectStaffBooking(trx, booking.id)), inTransaction);
    }),
  );
}

const STAFF_ONLY: Fault = {
  code: 'forbidden',
  field: 'bookingId',
  detail: 'Only the staff of the shop can say whether a client was there.',
};

async function finished(
  trx: Transaction<Database>,
  value: Booking,
  inTransaction: WriteOptions<Booking>['inTransaction'],
): Promise<Outcome<Booking>> {
  await inTransaction?.(trx, value);
  return ok(value);
}

function settled(outcome: Outcome<Booking> | Lost): Outcome<Booking> {
  return outcome.kind === 'lost' ? refuse(SLOT_TAKEN) : outcome;
}

async function rulesOf(
  trx: Transaction<Database>,
  { shopId }: LockedBooking,
): Promise<ShopRules | undefined> {
  return (await createPostgresSource(trx).rules(shopId))?.value;
}

function actorOf({ standing }: LockedBooking, { userId }: BookingRef): Actor {
  return { role: standing, userId: standing === 'guest' ? undefined : userId };
}

function isStaff({ standing }: LockedBooking): boolean {
  return standing === 'admin' || standing === 'barber';
}

function changedMeanwhile({ version }: LockedBooking, ifVersion: number | undefined): Fault | undefined {
  if (ifVersion === undefined || ifVersion === version) return undefined;
  const detail = `The booking was changed meanwhile and has version ${version} now. Read it again.`;
  return { code: 'version_conflict', field: 'version', detail };
}

const CANCELLED: Fault = {
  code: 'already_cancelled',
  field: 'bookingId',
  detail: 'The booking is cancelled. Book again instead.',
};

function ended({ status }: LockedBooking): Fault | undefined {
  if (status === 'confirmed') return undefined;
  if (status === 'cancelled') return CANCELLED;
  return {
    code: 'too_late_to_cancel',
    field: 'bookingId',
    detail: 'The booking is over and can no longer change.',
  };
}

/** Clients are held to the shop's cancellation notice, staff is not. */
function tooLate(booking: LockedBooking, rules: ShopRules, now: number): Fault | undefined {
  const { startsAt } = booking;
  const { cancellationNoticeMinutes: notice } = rules;
  if (isStaff(booking)) return undefined;
  if (now < startsAt && now <= startsAt - notice * 60_000) return undefined;
  const detail =
    notice === 0
      ? 'The booking has begun and can no longer be moved or cancelled.'
      : `The shop takes changes up to ${notice} minutes before the start. Call the shop instead.`;
  return { code: 'too_late_to_cancel', field: 'bookingId', detail };
}

/** Whether the client has to come at another time, to somebody else or for something else. */
function isAnother(changed: Booking, { startsAt, endsAt, barberId, serviceName }: LockedBooking): boolean {
  const { start, end, timezone } = changed;
  const isMoved = start !== formatInstant(startsAt, timezone) || end !== formatInstant(endsAt, timezone);
  return isMoved || changed.barberId !== barberId || changed.service !== serviceName;
}

function isMove({ start, bookingDate, bookingTime, service, barberId }: UpdateData): boolean {
  return [start, bookingDate, bookingTime, service, barberId].some((given) => given !== undefined);
}

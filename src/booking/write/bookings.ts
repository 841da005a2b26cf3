import type { Transaction } from 'kysely';
import { type BookingRules, type BookingWindow, bookingWindow } from '../../calendar/slots.ts';
import type { Database } from '../../database/schema.ts';
import type { Fault, Outcome, Refusal } from '../../outcome.ts';
import { refuse } from '../../outcome.ts';
import type { ShopRules } from '../../shop/rules.ts';
import { hashOf, newToken } from '../../token.ts';
import { checkContact } from '../contact.ts';
import { selectStaffBooking, withoutClient } from '../queries.ts';
import type {
  Booking,
  CreateBookingOptions,
  GuestBooking,
  GuestBookingOptions,
  StaffBooking,
  StaffBookingOptions,
} from '../types/bookings.ts';
import type { WriteContext } from './commit.ts';
import { carryOut } from './create.ts';
import { tellClient } from './mail.ts';

/** An account books for itself. */
export function createBooking(
  context: WriteContext,
  { userId, holdToken, inTransaction, ...request }: CreateBookingOptions,
): Promise<Outcome<Booking>> {
  return carryOut<Booking>(context, {
    request,
    faults: [],
    actor: { role: 'client', userId },
    party: { status: 'confirmed', user_id: userId, notes: request.notes ?? null },
    clientId: userId,
    holdToken,
    window: bookingWindow,
    answer: async (trx, id) => withoutClient(await confirmed(trx, id)),
    inTransaction,
  });
}

/** Somebody without an account books; whoever has the token of the answer may see and change the booking. */
export function createGuestBooking(
  context: WriteContext,
  { name, email, phone, holdToken, inTransaction, ...request }: GuestBookingOptions,
): Promise<Outcome<GuestBooking>> {
  const faults: Fault[] = [];
  checkContact({ name, email, phone }, faults);
  const manageToken = newToken();
  return carryOut<GuestBooking>(context, {
    request,
    faults,
    actor: { role: 'guest' },
    party: {
      status: 'confirmed',
      guest_name: name,
      guest_email: email,
      guest_phone: phone ?? null,
      manage_token_hash: hashOf(manageToken),
      notes: request.notes ?? null,
    },
    holdToken,
    window: bookingWindow,
    answer: async (trx, id) => ({ ...withoutClient(await confirmed(trx, id, manageToken)), manageToken }),
    inTransaction,
  });
}

/** Staff books, for a client with an account, for anybody with a name, or for whoever just walked in. */
export function createStaffBooking(
  context: WriteContext,
  { as, clientId, name, email, phone, inTransaction, ...request }: StaffBookingOptions,
): Promise<Outcome<StaffBooking>> {
  const faults: Fault[] = [];
  checkContact({ name, email, phone }, faults);
  if (clientId !== undefined && (name ?? email ?? phone) !== undefined) {
    const detail = 'Name either an account ("client_id") or a person, not both.';
    faults.push({ code: 'validation_failed', field: 'clientId', detail });
  } else if (name === undefined && (email ?? phone) !== undefined) {
    const detail = 'An e-mail address or a number needs the name that belongs to it.';
    faults.push({ code: 'validation_failed', field: 'name', detail });
  }
  return carryOut<StaffBooking>(context, {
    request,
    faults,
    actor: as,
    party: {
      status: 'confirmed',
      user_id: clientId ?? null,
      guest_name: name ?? null,
      guest_email: email ?? null,
      guest_phone: phone ?? null,
      notes: request.notes ?? null,
    },
    clientId,
    window: staffWindow,
    ...(clientId !== undefined && {
      check: (trx, rules) =>
        refuseStranger(trx, rules, clientId, as.role === 'barber' ? request.barberId : undefined),
    }),
    answer: (trx, id) => confirmed(trx, id),
    inTransaction,
  });
}

/** Longer than any horizon: staff is held to no notice and no horizon, but a slip of the year is no booking. */
const STAFF_REACH_MS = 731 * 86_400_000;

/** When staff may let a booking start: notice, cut-off, horizon and what has passed do not count. */
export function staffWindow(_rules: BookingRules, now: number): BookingWindow {
  const earliest = now - STAFF_REACH_MS;
  return { now: earliest, earliest, latest: now + STAFF_REACH_MS };
}

/** Or staff could read out who has an account here, one id after the other; a barber knows the own clients only. */
async function refuseStranger(
  trx: Transaction<Database>,
  { id: shopId }: ShopRules,
  userId: number,
  barberId: number | undefined,
): Promise<Refusal | undefined> {
  let bookings = trx
    .selectFrom('booking')
    .select('id')
    .where('user_id', '=', userId)
    .where('shop_id', '=', shopId)
    .where('status', '<>', 'held');
  if (barberId !== undefined) bookings = bookings.where('barber_id', '=', barberId);
  const known = await bookings.limit(1).executeTakeFirst();
  if (known !== undefined) return undefined;
  const detail = 'No client of yours has that account. Book under a name instead.';
  return refuse({ code: 'not_found', field: 'clientId', detail });
}

async function confirmed(
  trx: Transaction<Database>,
  id: number,
  manageToken?: string,
): Promise<StaffBooking> {
  const booking = await selectStaffBooking(trx, id);
  await tellClient(trx, booking, { template: 'booking_confirmed', manageToken });
  return booking;
}

import { type Static, Type } from 'typebox';
import type {
  Booking,
  BookingChange,
  Client,
  GuestBooking,
  StaffBooking,
} from '../../booking/types/bookings.ts';
import { DateText, Id, InstantText, Money, NextCursor, TimeText, Timezone } from './common.ts';

export const STATUS = Type.Enum(['confirmed', 'completed', 'cancelled', 'no_show']);

const BOOKING = {
  id: Id,
  shop: Type.String({ description: 'Slug' }),
  status: STATUS,
  barber_id: Id,
  barber_name: Type.String(),
  service: Type.String(),
  start: InstantText,
  end: InstantText,
  date: DateText,
  time: TimeText,
  timezone: Timezone,
  duration_minutes: Type.Integer(),
  price: Money,
  notes: Type.Union([Type.String(), Type.Null()]),
  version: Type.Integer({ description: 'Counts up with every change; for If-Match' }),
  created_at: Type.String({ format: 'date-time' }),
};
export const GuestAnswer = Type.Object(
  {
    ...BOOKING,
    manage_token: Type.String({ description: 'Stands in for a login on this booking, as X-Manage-Token' }),
  },
  { description: 'The booking' },
);
export const HoldAnswer = Type.Object(
  {
    hold_token: Type.String({ description: 'For booking the slot, for X-Hold-Token, and to release it' }),
    expires_at: Type.String({ format: 'date-time', description: 'The slot is free again from then on' }),
    barber_id: Id,
    start: InstantText,
  },
  { description: 'The slot is kept' },
);
export const BookingSchema = Type.Object(BOOKING);
export const BookingAnswer = Type.Object(BOOKING, { description: 'The booking' });
export const BookingsAnswer = Type.Object(
  { items: Type.Array(BookingSchema), next_cursor: NextCursor },
  { description: 'A page of bookings' },
);

export const ClientSchema = Type.Object({
  user_id: Type.Union([Id, Type.Null()], { description: 'Null for a guest' }),
  name: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
  phone: Type.Union([Type.String(), Type.Null()]),
});
export const StaffBookingSchema = Type.Object({
  ...BOOKING,
  client: Type.Union([ClientSchema, Type.Null()], {
    description: 'Null where nothing is known of the client: a walk-in without a name',
  }),
});
/** Beside what a schedule was changed to: the bookings that stand in its way now. */
export const CONFLICTS = {
  conflicts: Type.Array(StaffBookingSchema, { description: 'Confirmed bookings that this conflicts with' }),
};

const ChangeSchema = Type.Object({
  at: Type.String({ format: 'date-time' }),
  actor: Type.Object({ role: Type.String(), user_id: Type.Union([Id, Type.Null()]) }),
  changes: Type.Record(Type.String(), Type.Array(Type.Unknown()), {
    description: 'By field: what it was before and what it became',
  }),
});
export const HistoryAnswer = Type.Object(
  { items: Type.Array(ChangeSchema), next_cursor: NextCursor },
  { description: 'A page of changes, the oldest first' },
);

export const CalendarFileAnswer = {
  description: 'An iCalendar file (RFC 5545), with the same entry as in the mails about the booking',
  content: { 'text/calendar': { schema: Type.String() } },
};

export function wireBooking(booking: Booking): Static<typeof BookingAnswer> {
  return {
    id: booking.id,
    shop: booking.shop,
    status: booking.status,
    barber_id: booking.barberId,
    barber_name: booking.barberName,
    service: booking.service,
    start: booking.start,
    end: booking.end,
    date: booking.date,
    time: booking.time,
    timezone: booking.timezone,
    duration_minutes: booking.durationMinutes,
    price: booking.price,
    notes: booking.notes,
    version: booking.version,
    created_at: booking.createdAt,
  };
}

export function wireGuestBooking({ manageToken, ...booking }: GuestBooking): Static<typeof GuestAnswer> {
  return { ...wireBooking(booking), manage_token: manageToken };
}

export function wireChange({ at, actor, changes }: BookingChange): Static<typeof ChangeSchema> {
  const fields = Object.entries(changes).map(([field, [before, after]]) => [field, [before, after]]);
  return { at, actor: { role: actor.role, user_id: actor.userId }, changes: Object.fromEntries(fields) };
}

export function wireStaffBooking({ client, ...booking }: StaffBooking): Static<typeof StaffBookingSchema> {
  return { ...wireBooking(booking), client: client && wireClient(client) };
}

export function wireClient({ userId, name, email, phone }: Client): Static<typeof ClientSchema> {
  return { user_id: userId, name, email, phone };
}

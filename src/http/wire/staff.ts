import { Type } from 'typebox';
import { BookingSchema, ClientSchema, StaffBookingSchema } from './booking.ts';
import { DateText, Id, NextCursor, PAGE, PRINTABLE, ShopSlug } from './common.ts';

export const StaffBookingAnswer = Type.Object(StaffBookingSchema.properties, {
  description: 'The booking and its client',
});
export const CalendarAnswer = Type.Object(
  { items: Type.Array(StaffBookingSchema), next_cursor: NextCursor },
  { description: 'A page of bookings, the earliest first' },
);
export const ClientsAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        ...ClientSchema.properties,
        booking_count: Type.Integer(),
        bookings: Type.Array(BookingSchema, { description: 'The latest, the newest first' }),
      }),
    ),
    next_cursor: NextCursor,
  },
  { description: 'A page of clients, those who booked last first' },
);
export const CalendarQuery = Type.Object(
  {
    shop: Type.Optional(ShopSlug),
    from: DateText,
    to: Type.String({ ...DateText, description: 'At most 62 days' }),
    barber_id: Type.Optional(Id),
    ...PAGE,
  },
  { additionalProperties: false },
);
export const ClientsQuery = Type.Object(
  {
    shop: Type.Optional(ShopSlug),
    query: Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: PRINTABLE,
      format: 'filled',
      description: 'Part of a name, an address or a number',
    }),
    ...PAGE,
  },
  { additionalProperties: false },
);

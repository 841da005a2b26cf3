import { type Static, Type } from 'typebox';
import type { WorkingDay } from '../../booking/staff/working-time.ts';
import { BookingSchema, ClientSchema, StaffBookingSchema } from './booking.ts';
import { DateText, Id, InstantText, NextCursor, PAGE, PRINTABLE, ShopSlug } from './common.ts';
import { RANGE_ANSWER, wireLocalRange } from './schedule.ts';

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
const STRETCH = { start: InstantText, end: InstantText };
export const WorkingTimeAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        date: DateText,
        barber_id: Id,
        working: Type.Array(Type.Object(STRETCH), { description: 'Time off is not taken out' }),
        time_off: Type.Array(
          Type.Object({
            ...STRETCH,
            id: Id,
            reason: Type.Union([Type.String(), Type.Null()]),
            whole: Type.Object(RANGE_ANSWER, { description: 'What it is a part of' }),
          }),
          { description: 'What of it falls into the date' },
        ),
      }),
    ),
  },
  { description: 'Every date of every barber, closed ones too, by barber and date' },
);
const DATES = {
  shop: Type.Optional(ShopSlug),
  from: DateText,
  to: Type.String({ ...DateText, description: 'At most 62 days' }),
  barber_id: Type.Optional(Id),
};
export const CalendarQuery = Type.Object({ ...DATES, ...PAGE }, { additionalProperties: false });
export const WorkingTimeQuery = Type.Object(DATES, { additionalProperties: false });
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

export function wireWorkingDay({
  date,
  barberId,
  working,
  timeOff,
}: WorkingDay): Static<typeof WorkingTimeAnswer>['items'][number] {
  const time_off = timeOff.map(({ whole, ...part }) => ({ ...part, whole: wireLocalRange(whole) }));
  return { date, barber_id: barberId, working: [...working], time_off };
}

import { type Static, Type } from 'typebox';
import type { Booking, BookingChange, When } from '../../booking/types/bookings.ts';
import {
  AskedTime,
  AskedTimezone,
  DateText,
  EXAMPLE_DATE,
  Id,
  InstantText,
  Money,
  NextCursor,
  PAGE,
  PRINTABLE,
  ServiceName,
  ShopSlug,
  TimeText,
  Timezone,
} from './common.ts';

const Notes = Type.String({ maxLength: 2000, pattern: PRINTABLE });
const STATUS = Type.Enum(['confirmed', 'completed', 'cancelled', 'no_show']);

/** `date` and `time`, read in `timezone`; or `start`. */
const WHEN = {
  date: Type.Optional(DateText),
  time: Type.Optional(AskedTime),
  timezone: Type.Optional(
    Type.String({ ...AskedTimezone, description: 'Zone of `date` and `time`; the shop’s unless given' }),
  ),
  start: Type.Optional(
    Type.String({ ...InstantText, description: 'RFC 3339, instead of `date` and `time`' }),
  ),
};

export const CreateBody = Type.Object(
  {
    ...WHEN,
    service: ServiceName,
    barber_id: Type.Optional(Type.Integer({ ...Id, description: 'Without it the shop chooses' })),
    notes: Type.Optional(Notes),
    shop: Type.Optional(ShopSlug),
  },
  {
    additionalProperties: false,
    examples: [{ date: EXAMPLE_DATE, time: '10:00', service: 'Haircut' }],
  },
);

export const ChangeBody = Type.Object(
  {
    ...WHEN,
    service: Type.Optional(ServiceName),
    barber_id: Type.Optional(Id),
    notes: Type.Optional(Type.Union([Notes, Type.Null()])),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ date: EXAMPLE_DATE, time: '11:00' }] },
);

export const ListQuery = Type.Object(
  { shop: Type.Optional(ShopSlug), status: Type.Optional(STATUS), ...PAGE },
  { additionalProperties: false },
);
export const HistoryQuery = Type.Object(
  { shop: Type.Optional(ShopSlug), ...PAGE },
  { additionalProperties: false },
);

const BOOKING = {
  id: Id,
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
export const BookingAnswer = Type.Object(BOOKING, { description: 'The booking' });
export const BookingsAnswer = Type.Object(
  { items: Type.Array(Type.Object(BOOKING)), next_cursor: NextCursor },
  { description: 'A page of bookings' },
);

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

export const ChangeHeaders = Type.Object({
  'if-match': Type.Optional(Type.String({ description: 'The `version` that is to be changed' })),
});

/** The booking service's words for when. */
export function whenOf({
  start,
  date,
  time,
  timezone,
}: Pick<Static<typeof CreateBody>, keyof typeof WHEN>): When {
  return { start, bookingDate: date, bookingTime: time, userTimezone: timezone };
}

export function wireBooking(booking: Booking): Static<typeof BookingAnswer> {
  return {
    id: booking.id,
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

export function wireChange({ at, actor, changes }: BookingChange): Static<typeof ChangeSchema> {
  const fields = Object.entries(changes).map(([field, [before, after]]) => [field, [before, after]]);
  return { at, actor: { role: actor.role, user_id: actor.userId }, changes: Object.fromEntries(fields) };
}

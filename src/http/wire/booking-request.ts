import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { When } from '../../booking/types/bookings.ts';
import type { BookingMethods } from '../../booking/types/service.ts';
import type { Fault } from '../../outcome.ts';
import type { PartOfBody } from '../plugins/faults.ts';
import { STATUS } from './booking.ts';
import {
  AskedTime,
  AskedTimezone,
  DateText,
  EXAMPLE_DATE,
  Id,
  InstantText,
  PAGE,
  PRINTABLE,
  ServiceName,
  ShopSlug,
} from './common.ts';

const Notes = Type.String({ maxLength: 2000, pattern: PRINTABLE });

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

/** 32 bytes in base64url, as they are given out; whatever else is sent was never given out. */
const TOKEN = { minLength: 1, maxLength: 100, pattern: PRINTABLE };

/** What every way of booking takes. */
const REQUEST = {
  ...WHEN,
  service: ServiceName,
  barber_id: Type.Optional(Type.Integer({ ...Id, description: 'Without it the shop chooses' })),
  shop: Type.Optional(ShopSlug),
};
const NOTES = { notes: Type.Optional(Notes) };
const HELD = {
  hold_token: Type.Optional(
    Type.String({ ...TOKEN, description: 'Of a hold, whose place the booking takes' }),
  ),
};
/** The service judges them, with all its other faults. */
const CONTACT = {
  email: Type.String({ maxLength: 1000, pattern: PRINTABLE, examples: ['ada@example.com'] }),
  phone: Type.Optional(Type.String({ maxLength: 1000, pattern: PRINTABLE })),
};
const PersonName = Type.String({ maxLength: 1000, pattern: PRINTABLE, examples: ['Ada'] });
const EXAMPLE = { date: EXAMPLE_DATE, time: '10:00', service: 'Haircut' };

export const CreateBody = Type.Object(
  { ...REQUEST, ...NOTES, ...HELD },
  { additionalProperties: false, examples: [EXAMPLE] },
);
export const GuestBody = Type.Object(
  { ...REQUEST, ...NOTES, ...HELD, name: PersonName, ...CONTACT },
  { additionalProperties: false, examples: [{ ...EXAMPLE, name: 'Ada', email: 'ada@example.com' }] },
);
export const HoldBody = Type.Object(REQUEST, { additionalProperties: false, examples: [EXAMPLE] });
export const StaffBody = Type.Object(
  {
    ...REQUEST,
    ...NOTES,
    client_id: Type.Optional(
      Type.Integer({ ...Id, description: 'Account of a client; or a name; or neither, for a walk-in' }),
    ),
    name: Type.Optional(PersonName),
    email: Type.Optional(CONTACT.email),
    phone: CONTACT.phone,
  },
  { additionalProperties: false, examples: [{ ...EXAMPLE, name: 'Ada' }] },
);
export const HoldParams = Type.Object({ hold_token: Type.String(TOKEN) });
export const TokenHeaders = Type.Object({
  'x-manage-token': Type.Optional(
    Type.String({ ...TOKEN, description: 'Of a guest’s booking, instead of a login' }),
  ),
});

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

export const ChangeHeaders = Type.Object({
  ...TokenHeaders.properties,
  'if-match': Type.Optional(
    Type.String({ maxLength: 100, description: 'The `version` that is to be changed' }),
  ),
});

/** Formats are no matter here: what does not keep them is not given. */
const text = Type.Optional(Type.String());
const Parts = Type.Object({
  date: text,
  time: text,
  timezone: text,
  start: text,
  service: text,
  shop: text,
  name: text,
  email: text,
  phone: text,
  notes: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  barber_id: Type.Optional(Type.Integer()),
});

/** What the booking service finds wrong with the fields of a body that have the right shape. */
export function faultsOfParts(bookings: Pick<BookingMethods, 'checkRequest'>, isChange = false) {
  return async ({ given, wrong, shop }: PartOfBody): Promise<readonly Fault[]> => {
    // Of which shop it is decides everything else.
    if (wrong.has('shop') || !Value.Check(Parts, given)) return [];
    const { barber_id, date, time, timezone, start, service, notes, name, email, phone } = given;
    const when = whenOf({ date, time, timezone, start });
    const rest = { service, barberId: barber_id, shop: given.shop ?? shop, notes, name, email, phone };
    const saysWhen = ['start', 'date', 'time'].some((field) => wrong.has(field));
    return bookings.checkRequest({ isPartial: isChange || saysWhen, ...when, ...rest });
  };
}

/** The booking service's words for what is to be booked. */
export function requestOf({ service, barber_id, shop, ...when }: RequestBody, query: { shop?: string }) {
  return { service, barberId: barber_id, shop: shop ?? query.shop, ...whenOf(when) };
}

type RequestBody = Static<typeof HoldBody>;

/** The booking service's words for when. */
export function whenOf({
  start,
  date,
  time,
  timezone,
}: { [field in keyof typeof WHEN]?: string | undefined }): When {
  return { start, bookingDate: date, bookingTime: time, userTimezone: timezone };
}

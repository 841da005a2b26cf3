import { type Static, Type } from 'typebox';
import type { Closure } from '../../../shop/administration/closures.ts';
import { CONFLICTS } from '../booking.ts';
import { DateText, Id, NextCursor, PAGE, PRINTABLE, ShopSlug } from '../common.ts';
import { RANGE_ANSWER, RANGE_BODY, Reason, wireLocalRange } from '../schedule.ts';

export const ClosuresQuery = Type.Object(
  {
    shop: Type.Optional(ShopSlug),
    from: Type.Optional(
      Type.String({ ...DateText, description: 'Only closures that touch this date or later' }),
    ),
    to: Type.Optional(
      Type.String({ ...DateText, description: 'Only closures that touch this date or earlier' }),
    ),
    ...PAGE,
  },
  { additionalProperties: false },
);
export const ClosureBody = Type.Object(
  { ...RANGE_BODY, shop: Type.Optional(ShopSlug) },
  { additionalProperties: false, examples: [{ start_date: '2026-12-24', end_date: '2026-12-26' }] },
);

const ClosureSchema = Type.Object({ id: Id, ...RANGE_ANSWER, reason: Type.Union([Reason, Type.Null()]) });
export const ClosuresAnswer = Type.Object(
  { items: Type.Array(ClosureSchema), next_cursor: NextCursor },
  { description: 'A page of closures' },
);
export const ClosureAnswer = Type.Object(
  { ...ClosureSchema.properties, ...CONFLICTS },
  { description: 'The closure, and the bookings that were made for that time' },
);

const CODE = { minLength: 1, maxLength: 16, pattern: PRINTABLE };
const HOLIDAYS = {
  country: Type.String({ ...CODE, description: 'ISO 3166-1 code, as in DE', examples: ['US'] }),
  state: Type.Optional(Type.String({ ...CODE, description: 'Where states differ, as in BY for Bavaria' })),
  region: Type.Optional(Type.String({ ...CODE, description: 'Of the state' })),
  year: Type.Integer({
    minimum: 1970,
    maximum: 9999,
    description: 'From last year to five years ahead',
    examples: [2027],
  }),
  language: Type.Optional(
    Type.String({ ...CODE, description: 'ISO 639-1 code, of the names; the country’s own unless given' }),
  ),
  shop: Type.Optional(ShopSlug),
};
export const HolidaysQuery = Type.Object({ ...HOLIDAYS, ...PAGE }, { additionalProperties: false });
export const PlacesQuery = Type.Object(
  {
    country: Type.Optional(HOLIDAYS.country),
    state: HOLIDAYS.state,
    shop: Type.Optional(ShopSlug),
    ...PAGE,
  },
  { additionalProperties: false },
);
export const HolidaysBody = Type.Object(
  {
    ...HOLIDAYS,
    dates: Type.Optional(
      Type.Array(DateText, { maxItems: 366, description: 'Only these of them; without it all' }),
    ),
  },
  { additionalProperties: false, examples: [{ country: 'US', state: 'NY', year: 2027 }] },
);
export const HolidaysAnswer = Type.Object(
  { items: Type.Array(Type.Object({ date: DateText, name: Type.String() })), next_cursor: NextCursor },
  { description: 'Each whole day that is a public holiday' },
);
export const PlacesAnswer = Type.Object(
  {
    items: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
    next_cursor: NextCursor,
  },
  { description: 'Places by code, one level below what was asked with' },
);
export const ImportedAnswer = Type.Object(
  { items: Type.Array(ClosureSchema), ...CONFLICTS },
  { description: 'The closures that were added, and the bookings that were made for those days' },
);

export function wireClosure({ id, range, reason }: Closure): Static<typeof ClosureSchema> {
  return { id, ...wireLocalRange(range), reason };
}

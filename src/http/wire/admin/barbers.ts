import { type Static, Type } from 'typebox';
import type { BarberChange, ManagedBarber } from '../../../shop/administration/barbers.ts';
import { CONFLICTS } from '../booking.ts';
import { Id, NameText, NextCursor, ShopSlug } from '../common.ts';
import { WeekAnswer, WeekBody, wireWeek } from '../schedule.ts';

const LARGEST_AMOUNT = 2_147_483_647;
const SERVICES_LIMIT = 500;

const Duration = Type.Integer({ minimum: 5, maximum: 720 });
const Price = Type.Object(
  {
    amount: Type.Integer({ minimum: 0, maximum: LARGEST_AMOUNT, description: 'Minor units' }),
    currency: Type.Optional(Type.String({ description: 'The shop’s', maxLength: 3 })),
  },
  { additionalProperties: false },
);
const OffersBody = Type.Array(
  Type.Object(
    {
      service_id: Id,
      duration_minutes: Type.Optional(
        Type.Union([Duration, Type.Null()], { description: 'Unless given, the service’s own' }),
      ),
      price: Type.Optional(Type.Union([Price, Type.Null()])),
    },
    { additionalProperties: false },
  ),
  { maxItems: SERVICES_LIMIT, description: 'Everything that the barber offers' },
);

const FIELDS = {
  active: Type.Optional(Type.Boolean({ description: 'False: has retired, and cannot be booked' })),
  services: Type.Optional(OffersBody),
  weekly_hours: Type.Optional(WeekBody),
  shop: Type.Optional(ShopSlug),
};
export const NewBarberBody = Type.Object(
  { name: NameText, ...FIELDS },
  {
    additionalProperties: false,
    description: 'Without `services` all active ones, without `weekly_hours` the shop’s opening hours',
    examples: [{ name: 'Ana' }],
  },
);
export const BarberChangeBody = Type.Object(
  {
    name: Type.Optional(NameText),
    ...FIELDS,
    account: Type.Optional(
      Type.Null({ description: 'Unlinks the account, which is no barber here any more' }),
    ),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ name: 'Ana' }] },
);

const BARBER = {
  id: Id,
  name: Type.String(),
  active: Type.Boolean(),
  services: Type.Array(
    Type.Object({
      service_id: Id,
      name: Type.String(),
      duration_minutes: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: the service’s own' }),
      price: Type.Union([Type.Object({ amount: Type.Integer(), currency: Type.String() }), Type.Null()], {
        description: 'Null: the service’s own',
      }),
    }),
  ),
  weekly_hours: WeekAnswer,
  account: Type.Union(
    [Type.Object({ user_id: Id, name: Type.String(), email: Type.String() }), Type.Null()],
    { description: 'Who signs in as this barber' },
  ),
};
export const ManagedBarberAnswer = Type.Object(BARBER, { description: 'The barber' });
export const ChangedBarberAnswer = Type.Object(
  { ...BARBER, ...CONFLICTS },
  { description: 'The barber, and upcoming bookings that now lie outside working time' },
);
export const ManagedBarbersAnswer = Type.Object(
  { items: Type.Array(Type.Object(BARBER)), next_cursor: NextCursor },
  { description: 'A page of barbers, retired ones too' },
);

type Asked = Static<typeof BarberChangeBody>;

/** What is asked for, in the words of `shop/administration/barbers.ts`. */
export function writtenBarberOf(body: Pick<Asked, 'active' | 'services' | 'weekly_hours'>) {
  return {
    active: body.active,
    weeklyHours: body.weekly_hours,
    services: body.services?.map(({ service_id, duration_minutes, price }) => ({
      serviceId: service_id,
      duration: duration_minutes,
      price,
    })),
  } satisfies BarberChange;
}

export function wireManagedBarber(barber: ManagedBarber): Static<typeof ManagedBarberAnswer> {
  const { id, name, active, offers, currency, weeklyHours, account } = barber;
  return {
    id,
    name,
    active,
    services: offers.map((offer) => ({
      service_id: offer.serviceId,
      name: offer.name,
      duration_minutes: offer.duration,
      price: offer.price === null ? null : { amount: offer.price, currency },
    })),
    weekly_hours: wireWeek(weeklyHours),
    account: account && { user_id: account.userId, name: account.name, email: account.email },
  };
}

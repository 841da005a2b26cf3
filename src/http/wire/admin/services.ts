import { type Static, Type } from 'typebox';
import type { OfferedService, ServiceChange } from '../../../shop/administration/services.ts';
import { wireService } from '../catalogue.ts';
import { Id, Money, NameText, NextCursor, ShopSlug } from '../common.ts';

const LARGEST_AMOUNT = 2_147_483_647;

const Duration = Type.Integer({ minimum: 5, maximum: 720 });
const Price = Type.Object(
  {
    amount: Type.Integer({ minimum: 0, maximum: LARGEST_AMOUNT, description: 'Minor units' }),
    currency: Type.Optional(
      Type.String({ description: 'ISO 4217; the shop’s, if it is given', format: 'currency', maxLength: 64 }),
    ),
  },
  { additionalProperties: false },
);
const FIELDS = {
  buffer_before_minutes: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 240, description: 'Kept free before the service' }),
  ),
  buffer_after_minutes: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 240, description: 'Kept free after the service' }),
  ),
  active: Type.Optional(Type.Boolean({ description: 'Whether it can be booked' })),
  barber_ids: Type.Optional(
    Type.Array(Id, { maxItems: 1000, uniqueItems: true, description: 'Everybody who offers it' }),
  ),
  shop: Type.Optional(ShopSlug),
};

export const NewServiceBody = Type.Object(
  { name: NameText, duration_minutes: Duration, price: Price, ...FIELDS },
  {
    additionalProperties: false,
    examples: [{ name: 'Beard trim', duration_minutes: 20, price: { amount: 1500 } }],
  },
);
export const ServiceChangeBody = Type.Object(
  {
    name: Type.Optional(NameText),
    duration_minutes: Type.Optional(Duration),
    price: Type.Optional(Price),
    ...FIELDS,
  },
  { additionalProperties: false, examples: [{ duration_minutes: 25 }] },
);

const SERVICE = {
  id: Id,
  name: Type.String(),
  duration_minutes: Type.Integer(),
  buffer_before_minutes: Type.Integer(),
  buffer_after_minutes: Type.Integer(),
  price: Money,
  active: Type.Boolean(),
  barber_ids: Type.Array(Id),
};
export const AdminServiceAnswer = Type.Object(SERVICE, { description: 'The service and who offers it' });
export const AdminServicesAnswer = Type.Object(
  { items: Type.Array(Type.Object(SERVICE)), next_cursor: NextCursor },
  { description: 'A page of services, retired ones too' },
);

/** What is asked for, in the words of `shop/administration/services.ts`. */
export function serviceChangeOf(body: Static<typeof ServiceChangeBody>): ServiceChange {
  return {
    name: body.name,
    durationMinutes: body.duration_minutes,
    bufferBeforeMinutes: body.buffer_before_minutes,
    bufferAfterMinutes: body.buffer_after_minutes,
    price: body.price,
    active: body.active,
    barberIds: body.barber_ids,
  };
}

export function wireAdminService(service: OfferedService): Static<typeof AdminServiceAnswer> {
  const { active, barberIds, currency } = service;
  return { ...wireService(service, currency), active, barber_ids: [...barberIds] };
}

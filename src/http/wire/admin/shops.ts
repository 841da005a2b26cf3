import { type Static, Type } from 'typebox';
import type { ShopChange } from '../../../shop/administration/shops.ts';
import type { ShopSettings } from '../../../shop/rules.ts';
import { CONFLICTS } from '../booking.ts';
import { ShopAnswer, wireShop } from '../catalogue.ts';
import { AskedTime, AskedTimezone, NameText, NextCursor, ShopSlug } from '../common.ts';
import { WeekBody } from '../schedule.ts';

/** A month, the most that a notice can be. */
const LONGEST_NOTICE = 43_200;
const AssignmentPolicy = Type.Enum(['fewest_minutes', 'round_robin', 'usual_barber'], {
  description: 'Who is chosen when the client takes anybody',
});

/** What can be changed of a shop. */
const SETTINGS = {
  slot_duration_minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 480 })),
  notice_minutes: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: LONGEST_NOTICE,
      description: 'How long before its start a slot can last be booked',
    }),
  ),
  horizon_days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 730, description: 'How many days ahead can be booked' }),
  ),
  same_day_cutoff: Type.Optional(
    Type.Union([AskedTime, Type.Null()], {
      description: 'Time at the shop from which the same day can no longer be booked; null for none',
    }),
  ),
  cancellation_notice_minutes: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: LONGEST_NOTICE,
      description: 'How long before its start a client can last cancel or move a booking',
    }),
  ),
  hold_minutes: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 60, description: 'How long a slot is kept for somebody' }),
  ),
  assignment_policy: Type.Optional(AssignmentPolicy),
  opening_hours: Type.Optional(WeekBody),
};

export const NewShopBody = Type.Object(
  {
    slug: Type.String({
      description: 'Names the shop in requests: a-z, 0-9 and single hyphens between them',
      minLength: 1,
      maxLength: 63,
      format: 'slug',
    }),
    name: NameText,
    timezone: AskedTimezone,
    currency: Type.Optional(
      Type.String({ description: 'ISO 4217; USD unless given', format: 'currency', maxLength: 64 }),
    ),
    ...SETTINGS,
  },
  {
    additionalProperties: false,
    examples: [{ slug: 'second', name: 'The Second Chair', timezone: 'America/New_York' }],
  },
);

export const ShopChangeBody = Type.Object(
  {
    name: Type.Optional(NameText),
    timezone: Type.Optional(AskedTimezone),
    ...SETTINGS,
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false, examples: [{ slot_duration_minutes: 20, notice_minutes: 60 }] },
);

const SHOP = {
  ...ShopAnswer.properties,
  hold_minutes: Type.Integer(),
  assignment_policy: AssignmentPolicy,
};
export const AdminShopAnswer = Type.Object(SHOP, { description: 'The shop with all of its settings' });
export const ChangedShopAnswer = Type.Object(
  { ...SHOP, ...CONFLICTS },
  { description: 'The shop, and the coming bookings that now lie outside working time' },
);
export const AdminShopsAnswer = Type.Object(
  { items: Type.Array(AdminShopAnswer), next_cursor: NextCursor },
  { description: 'A page of shops' },
);

/** What is asked for, in the words of `shop/administration/shops.ts`. */
export function settingsOf(body: Static<typeof ShopChangeBody>): ShopChange {
  return {
    name: body.name,
    timezone: body.timezone,
    slotMinutes: body.slot_duration_minutes,
    noticeMinutes: body.notice_minutes,
    horizonDays: body.horizon_days,
    sameDayCutoff: body.same_day_cutoff,
    cancellationNoticeMinutes: body.cancellation_notice_minutes,
    holdMinutes: body.hold_minutes,
    assignmentPolicy: body.assignment_policy,
    openingHours: body.opening_hours,
  };
}

export function wireAdminShop(settings: ShopSettings): Static<typeof AdminShopAnswer> {
  const { holdMinutes, assignmentPolicy } = settings;
  return { ...wireShop(settings), hold_minutes: holdMinutes, assignment_policy: assignmentPolicy };
}

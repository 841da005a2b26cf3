import { type Static, Type } from 'typebox';
import { timeOfMinutes } from '../../calendar/time.ts';
import type { Barber, BarberSchedule, Service, ShopRules, ShopSettings } from '../../shop/rules.ts';
import { Id, Money, NextCursor, TimeText, Timezone } from './common.ts';
import { WeekAnswer, wireWeek } from './schedule.ts';

export const ShopAnswer = Type.Object(
  {
    id: Id,
    slug: Type.String(),
    name: Type.String(),
    timezone: Timezone,
    currency: Type.String({ description: 'ISO 4217' }),
    slot_duration_minutes: Type.Integer(),
    notice_minutes: Type.Integer({ description: 'How long before its start a slot can last be booked' }),
    horizon_days: Type.Integer({ description: 'How many days ahead can be booked' }),
    same_day_cutoff: Type.Union([TimeText, Type.Null()]),
    cancellation_notice_minutes: Type.Integer(),
    opening_hours: WeekAnswer,
  },
  { description: 'The shop' },
);

const ServiceSchema = Type.Object({
  id: Id,
  name: Type.String(),
  duration_minutes: Type.Integer(),
  buffer_before_minutes: Type.Integer({ description: 'Kept free before the service' }),
  buffer_after_minutes: Type.Integer({ description: 'Kept free after the service' }),
  price: Money,
});
export const ServicesAnswer = Type.Object(
  { items: Type.Array(ServiceSchema), next_cursor: NextCursor },
  { description: 'A page of services' },
);

const BarberSchema = Type.Object({
  id: Id,
  name: Type.String(),
  services: Type.Array(ServiceSchema, { description: 'With this barber’s own durations and prices' }),
  weekly_hours: Type.Array(WeekAnswer.items, { description: 'The barber’s usual week' }),
});
export const BarbersAnswer = Type.Object(
  { items: Type.Array(BarberSchema), next_cursor: NextCursor },
  { description: 'A page of barbers' },
);

export function wireShop(rules: ShopSettings): Static<typeof ShopAnswer> {
  const { sameDayCutoff } = rules;
  return {
    id: rules.id,
    slug: rules.slug,
    name: rules.name,
    timezone: rules.timezone,
    currency: rules.currency,
    slot_duration_minutes: rules.slotMinutes,
    notice_minutes: rules.noticeMinutes,
    horizon_days: rules.horizonDays,
    same_day_cutoff: sameDayCutoff === null ? null : timeOfMinutes(sameDayCutoff),
    cancellation_notice_minutes: rules.cancellationNoticeMinutes,
    opening_hours: wireWeek(rules.openingHours),
  };
}

/** What the shop offers, as it costs and takes by default. */
export function wireServices(rules: ShopRules): Static<typeof ServiceSchema>[] {
  return rules.services.filter(({ active }) => active).map((service) => wireService(service, rules.currency));
}

export function activeBarbers(rules: ShopRules): Barber[] {
  return rules.barbers.filter(({ active }) => active);
}

export function wireBarber(
  { id, name, offers }: Barber,
  rules: ShopRules,
  schedule: BarberSchedule | undefined,
): Static<typeof BarberSchema> {
  const services = rules.services.flatMap((service) => {
    const offer = offers.find(({ serviceId }) => serviceId === service.id);
    if (offer === undefined || !service.active) return [];
    const { duration, price } = service;
    return wireService(
      { ...service, duration: offer.duration ?? duration, price: offer.price ?? price },
      rules.currency,
    );
  });
  return { id, name, services, weekly_hours: wireWeek(schedule?.weeklyHours ?? []) };
}

export function wireService(
  { id, name, duration, bufferBefore, bufferAfter, price }: Service,
  currency: string,
): Static<typeof ServiceSchema> {
  return {
    id,
    name,
    duration_minutes: duration,
    buffer_before_minutes: bufferBefore,
    buffer_after_minutes: bufferAfter,
    price: { amount: price, currency },
  };
}

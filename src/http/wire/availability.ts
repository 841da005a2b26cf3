import { type Static, Type } from 'typebox';
import type {
  AvailableDays,
  AvailableSlots,
  BatchAvailability,
  NextAvailable,
  NextSlot,
  ReadReport,
  Slot,
} from '../../booking/types/availability.ts';
import {
  AskedTimezone,
  DateText,
  Id,
  InstantText,
  PRINTABLE,
  ServiceName,
  ShopSlug,
  TimeText,
  Timezone,
} from './common.ts';

const SEARCH = {
  shop: Type.Optional(ShopSlug),
  barber_id: Type.Optional(
    Type.Integer({ ...Id, description: 'Without it any barber who offers the service' }),
  ),
  service: Type.Optional(ServiceName),
};
const ZONE = { user_timezone: Type.Optional(AskedTimezone) };

export const SlotsQuery = Type.Object(
  {
    target_date: Type.String({ ...DateText, description: 'Date at the shop' }),
    ...SEARCH,
    ...ZONE,
    include_next_available: Type.Optional(Type.Boolean({ default: true })),
  },
  { additionalProperties: false },
);
export const DaysQuery = Type.Object(
  { from: DateText, to: Type.String({ ...DateText, description: 'At most 62 days' }), ...SEARCH },
  { additionalProperties: false },
);
export const NextQuery = Type.Object(
  { from: Type.Optional(DateText), ...SEARCH, ...ZONE },
  { additionalProperties: false },
);

/** Whose reads they are, so far as it matters. */
export const HoldHeaders = Type.Object({
  'x-hold-token': Type.Optional(
    Type.String({ maxLength: 100, pattern: PRINTABLE, description: 'Of a hold: the slot counts as free' }),
  ),
});
export const BatchBody = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        { barber_id: Type.Optional(Id), service: ServiceName, start: InstantText },
        { additionalProperties: false },
      ),
      { maxItems: 100 },
    ),
    shop: Type.Optional(ShopSlug),
  },
  { additionalProperties: false },
);

const NextSlotSchema = Type.Union([
  Type.Object({ date: DateText, time: TimeText, datetime: InstantText, barber_id: Id }),
  Type.Null(),
]);
const AS_OF = {
  as_of: Type.String({ format: 'date-time', description: 'When this was last known to be exact' }),
};

const REASONS = ['booked', 'buffer', 'time_off', 'too_long', 'past', 'notice', 'too_far_ahead'] as const;
const SlotSchema = Type.Object({
  time: TimeText,
  start: InstantText,
  available: Type.Boolean(),
  is_next_available: Type.Boolean(),
  barber_ids: Type.Optional(Type.Array(Id)),
  reason: Type.Optional(Type.Enum(REASONS)),
});
const SLOTS = {
  date: DateText,
  timezone: Timezone,
  user_timezone: Timezone,
  barber_id: Type.Optional(Id),
  barber_name: Type.Optional(Type.String()),
  business_hours: Type.Union([Type.Object({ start: Type.String(), end: Type.String() }), Type.Null()]),
  slot_duration_minutes: Type.Integer(),
  slots: Type.Array(SlotSchema),
  next_available: Type.Optional(NextSlotSchema),
};
const DAYS = {
  days: Type.Array(
    Type.Object({
      date: DateText,
      free_slots: Type.Integer({ minimum: 0 }),
      first_free: Type.Union([Type.String({ description: 'HH:MM at the shop' }), Type.Null()]),
      open: Type.Boolean(),
    }),
  ),
};
const BATCH = {
  results: Type.Array(
    Type.Object({
      available: Type.Boolean(),
      reason: Type.Optional(Type.Enum([...REASONS, 'outside_hours', 'unaligned'])),
    }),
    { description: 'In the order asked' },
  ),
};
const NEXT = { next_available: NextSlotSchema };

export const SlotsAnswer = Type.Object({ ...SLOTS, ...AS_OF }, { description: 'The slots of the day' });
export const DaysAnswer = Type.Object({ ...DAYS, ...AS_OF }, { description: 'Each day of the range' });
export const NextAnswer = Type.Object(
  { ...NEXT, ...AS_OF },
  { description: 'Null when nothing is free up to the horizon' },
);
export const BatchAnswer = Type.Object({ ...BATCH, ...AS_OF }, { description: 'One result an item' });
export const NotModified = Type.Null({ description: 'What If-None-Match names is still right' });

/** An answer but for `as_of`, which its ETag does not count. */
export interface Rendered<T> {
  readonly body: T;
  readonly read: ReadReport;
}

export function wireSlots(value: AvailableSlots): Rendered<Omit<Static<typeof SlotsAnswer>, 'as_of'>> {
  const { barberId, barberName, nextAvailable } = value;
  const body = {
    date: value.date,
    timezone: value.timezone,
    user_timezone: value.userTimezone,
    ...(barberId !== undefined && { barber_id: barberId }),
    ...(barberName !== undefined && { barber_name: barberName }),
    business_hours: value.businessHours,
    slot_duration_minutes: value.slotDurationMinutes,
    slots: value.slots.map(wireSlot),
    ...(nextAvailable !== undefined && { next_available: wireNext(nextAvailable) }),
  };
  return { body, read: value.read };
}

export function wireDays(value: AvailableDays): Rendered<Omit<Static<typeof DaysAnswer>, 'as_of'>> {
  const days = value.days.map(({ date, freeSlots, firstFree, open }) => ({
    date,
    free_slots: freeSlots,
    first_free: firstFree,
    open,
  }));
  return { body: { days }, read: value.read };
}

export function wireNextAvailable(value: NextAvailable): Rendered<Omit<Static<typeof NextAnswer>, 'as_of'>> {
  return { body: { next_available: wireNext(value.nextAvailable) }, read: value.read };
}

export function wireBatch({
  results,
  read,
}: BatchAvailability): Rendered<Omit<Static<typeof BatchAnswer>, 'as_of'>> {
  return { body: { results: [...results] }, read };
}

function wireSlot(slot: Slot): Static<typeof SlotSchema> {
  const { time, start, available, isNextAvailable: is_next_available, barberIds, reason } = slot;
  if (barberIds !== undefined) {
    return { time, start, available, is_next_available, barber_ids: barberIds.slice() };
  }
  return reason === undefined
    ? { time, start, available, is_next_available }
    : { time, start, available, is_next_available, reason };
}

function wireNext(next: NextSlot | null): Static<typeof NextSlotSchema> {
  return next && { date: next.date, time: next.time, datetime: next.datetime, barber_id: next.barberId };
}

import { type Static, Type } from 'typebox';
import type { Override } from '../../../shop/administration/overrides.ts';
import type { TimeOff } from '../../../shop/administration/time-off.ts';
import { CONFLICTS } from '../booking.ts';
import { DateText, Id, NextCursor, PAGE, ShopSlug } from '../common.ts';
import {
  PeriodsAnswer,
  PeriodsBody,
  RANGE_ANSWER,
  RANGE_BODY,
  WeekAnswer,
  WeekBody,
  wireLocalRange,
  wirePeriods,
} from '../schedule.ts';

export const DatesQuery = Type.Object(
  {
    shop: Type.Optional(ShopSlug),
    from: Type.Optional(
      Type.String({ ...DateText, description: 'Only what touches this date or a later one' }),
    ),
    to: Type.Optional(
      Type.String({ ...DateText, description: 'Only what touches this date or an earlier one' }),
    ),
    ...PAGE,
  },
  { additionalProperties: false },
);

export const HoursBody = Type.Object(
  { weekly_hours: WeekBody, shop: Type.Optional(ShopSlug) },
  { additionalProperties: false },
);
export const HoursAnswer = Type.Object({ weekly_hours: WeekAnswer }, { description: 'The usual week' });
export const ChangedHoursAnswer = Type.Object(
  { weekly_hours: WeekAnswer, ...CONFLICTS },
  { description: 'The week, and upcoming bookings that now lie outside working time' },
);

export const OverrideParams = Type.Object({ id: Id, date: DateText });
export const OverrideBody = Type.Object(
  { date: DateText, periods: PeriodsBody, shop: Type.Optional(ShopSlug) },
  {
    additionalProperties: false,
    description: 'Replaces the weekly hours of one date; no periods: a day off',
  },
);
const OVERRIDE = { date: DateText, periods: PeriodsAnswer };
export const ChangedOverrideAnswer = Type.Object(
  { ...OVERRIDE, ...CONFLICTS },
  {
    description:
      'The date, and upcoming bookings of that date and the next that now lie outside working time',
  },
);
export const OverridesAnswer = Type.Object(
  { items: Type.Array(Type.Object(OVERRIDE)), next_cursor: NextCursor },
  { description: 'A page of dates with hours of their own, the earliest first' },
);

export const TimeOffParams = Type.Object({ id: Id, time_off_id: Id });
export const TimeOffBody = Type.Object(
  { ...RANGE_BODY, shop: Type.Optional(ShopSlug) },
  { additionalProperties: false, examples: [{ start_date: '2026-12-24', end_date: '2026-12-26' }] },
);
const TIME_OFF = { id: Id, ...RANGE_ANSWER, reason: Type.Union([Type.String(), Type.Null()]) };
export const AddedTimeOffAnswer = Type.Object(
  { ...TIME_OFF, ...CONFLICTS },
  { description: 'The time off, and the bookings that lie in it' },
);
export const TimesOffAnswer = Type.Object(
  { items: Type.Array(Type.Object(TIME_OFF)), next_cursor: NextCursor },
  { description: 'A page of time off' },
);

export function wireOverride({ date, periods }: Override): Static<typeof OverridesAnswer>['items'][number] {
  return { date, periods: wirePeriods(periods) };
}

/** A cursor for a list by date: dates in their order as integers. */
export function dateCursor({ date }: { readonly date: string }): number {
  return Number(date.replaceAll('-', ''));
}

export function wireTimeOff({ id, range, reason }: TimeOff): Static<typeof TimesOffAnswer>['items'][number] {
  return { id, ...wireLocalRange(range), reason };
}

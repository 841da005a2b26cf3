import { type Static, Type } from 'typebox';
import type { LocalRange, Period } from '../../calendar/working-time.ts';
import { showLocalRange, type WrittenRange } from '../../shop/local-range.ts';
import type { WeeklyPeriod } from '../../shop/rules.ts';
import { writtenPeriod } from '../../shop/week.ts';
import { AskedTime, DateText, PRINTABLE, TimeText } from './common.ts';

/** Nobody opens more often; it keeps a body and the comparison of its periods small. */
const PERIODS_A_DAY = 10;

/** As asked for: a time at which something ends. */
const AskedEnd = Type.String({
  format: 'end-time',
  description: 'HH:MM, or 24:00 for the end of the day',
  maxLength: 64,
});
const Closes = Type.String({
  ...AskedEnd,
  description: 'HH:MM or 24:00; at or before `opens` it is on the following day',
});
const Weekday = Type.Integer({ minimum: 1, maximum: 7, description: '1 = Monday' });
const PERIOD = { opens: AskedTime, closes: Closes };

/** The periods of one date, as asked for. */
export const PeriodsBody = Type.Array(Type.Object(PERIOD, { additionalProperties: false }), {
  maxItems: PERIODS_A_DAY,
});
/** A week, as asked for: it replaces the one before. */
export const WeekBody = Type.Array(
  Type.Object({ weekday: Weekday, ...PERIOD }, { additionalProperties: false }),
  {
    maxItems: 7 * PERIODS_A_DAY,
    description: 'The whole week; periods of one weekday must not overlap',
    examples: [[{ weekday: 1, opens: '09:00', closes: '17:00' }]],
  },
);

const SHOWN = {
  opens: TimeText,
  closes: Type.String({ description: 'HH:MM; at or before `opens` it is on the following day' }),
};
export const PeriodsAnswer = Type.Array(Type.Object(SHOWN));
export const WeekAnswer = Type.Array(Type.Object({ weekday: Weekday, ...SHOWN }));

export const Reason = Type.String({ maxLength: 200, pattern: PRINTABLE });

/** Of the body of a closure or time off. */
export const RANGE_BODY = {
  start_date: Type.String({ ...DateText, description: 'Date at the shop' }),
  end_date: Type.Optional(
    Type.String({
      ...DateText,
      description: 'Included, where whole days are meant; `start_date` unless given',
    }),
  ),
  start_time: Type.Optional(
    Type.Union([AskedTime, Type.Null()], { description: 'Without times whole days are meant' }),
  ),
  end_time: Type.Optional(Type.Union([AskedEnd, Type.Null()])),
  reason: Type.Optional(Type.Union([Reason, Type.Null()])),
};
const RangeBody = Type.Object(RANGE_BODY);

/** Of the answer. */
export const RANGE_ANSWER = {
  start_date: DateText,
  end_date: DateText,
  start_time: Type.Union([TimeText, Type.Null()], { description: 'Null, like `end_time`, for whole days' }),
  end_time: Type.Union([TimeText, Type.Null()]),
};
const RangeAnswer = Type.Object(RANGE_ANSWER);

export function wirePeriods(periods: readonly Period[]): Static<typeof PeriodsAnswer> {
  return periods.map(writtenPeriod);
}

export function wireWeek(periods: readonly WeeklyPeriod[]): Static<typeof WeekAnswer> {
  return periods.map((period) => ({ weekday: period.weekday, ...writtenPeriod(period) }));
}

/** What is asked for, in the words of `shop/local-range.ts`. */
export function writtenRangeOf(
  body: Pick<Static<typeof RangeBody>, 'start_date' | 'end_date' | 'start_time' | 'end_time'>,
): WrittenRange {
  return {
    startDate: body.start_date,
    endDate: body.end_date,
    startTime: body.start_time,
    endTime: body.end_time,
  };
}

export function wireLocalRange(range: LocalRange): Static<typeof RangeAnswer> {
  const { startDate, endDate, startTime, endTime } = showLocalRange(range);
  return { start_date: startDate, end_date: endDate, start_time: startTime, end_time: endTime };
}

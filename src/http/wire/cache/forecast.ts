import { type Static, Type } from 'typebox';
import { HOUR } from '../../../timing.ts';
import { type ShopForecast, usualWeek } from '../../../warming/forecast/shop-forecast.ts';
import type { NextWarmUp } from '../../../warming/warm-ahead.ts';
import { ShopSlug } from '../common.ts';
import { Instant, NumberOrNull, rounded } from './figures.ts';

export const ForecastQuery = Type.Object(
  {
    shop: Type.Optional(ShopSlug),
    hours: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 48, default: 24, description: 'How far to look ahead' }),
    ),
  },
  { additionalProperties: false },
);

const Reads = Type.Number({ minimum: 0 });
const At = Type.String({ format: 'date-time', description: 'The beginning of the hour' });

export const ForecastAnswer = Type.Object(
  {
    timestamp: Instant,
    method: Type.String(),
    history_hours: Type.Integer({ description: 'Hours of reads that it is made from' }),
    error: Type.Object(
      {
        mean_absolute: { ...NumberOrNull, description: 'Reads by which an hour is off' },
        wape: { ...NumberOrNull, description: 'The sum of that, in per cent of all reads' },
        naive_wape: { ...NumberOrNull, description: 'The same of “as a week before”' },
      },
      { description: 'Of the last seven days, each predicted from what was known before it' },
    ),
    hours: Type.Array(Type.Object({ at: At, predicted: Reads, actual: Type.Union([Reads, Type.Null()]) }), {
      description: 'The hours to come, the present one included',
    }),
    recent: Type.Array(Type.Object({ at: At, predicted: Reads, actual: Reads }), {
      description: 'The last two days, as each was predicted the day before',
    }),
    peak_hours: Type.Array(
      Type.Object({
        weekday: Type.Integer({ minimum: 1, maximum: 7, description: '1 = Monday' }),
        hour: Type.Integer({ minimum: 0, maximum: 23 }),
        reads: Type.Number({ minimum: 0, description: 'In the mean' }),
      }),
      { description: 'Every hour of the week at the shop' },
    ),
    days_ahead: Type.Array(
      Type.Object({
        days_ahead: Type.Integer(),
        share: Type.Number({ minimum: 0, maximum: 1, description: 'Of the days that readers ask for' }),
      }),
    ),
    next_warm_up: Type.Union([
      Type.Object({
        at: Instant,
        days: Type.Integer({ description: 'From today on' }),
        barbers: Type.Integer(),
        loads: Type.Integer({ description: 'Calls of the source that it takes' }),
        saved_reads: Type.Number({ description: 'Reads that need not wait for a load' }),
      }),
      Type.Null(),
    ]),
  },
  { description: 'What readers asked for, will ask for, and how far off that was' },
);

const METHOD = 'season of a week × smoothed level';
const RECENT_HOURS = 48;

export function wireForecast(
  forecast: ShopForecast,
  next: NextWarmUp | undefined,
  { now, hours }: { readonly now: number; readonly hours: number },
): Static<typeof ForecastAnswer> {
  const { reads, since, until, predicted, accuracy } = forecast;
  const present = Math.floor((now - until) / HOUR);
  const recent = accuracy.predicted.slice(-RECENT_HOURS);
  const firstRecent = reads.length - recent.length;
  return {
    timestamp: textOf(now),
    method: METHOD,
    history_hours: reads.length,
    error: {
      mean_absolute: roundedOrNull(accuracy.meanAbsolute),
      wape: roundedOrNull(accuracy.wape),
      naive_wape: roundedOrNull(accuracy.naiveWape),
    },
    hours: predicted.slice(present, present + hours).map((expected, i) => ({
      at: textOf(until + (present + i) * HOUR),
      predicted: rounded(expected),
      actual: null,
    })),
    recent: recent.map((expected, i) => ({
      at: textOf(since + (firstRecent + i) * HOUR),
      predicted: rounded(expected),
      actual: reads[firstRecent + i] ?? 0,
    })),
    peak_hours: usualWeek(forecast).map((mean, hour) => ({
      weekday: Math.floor(hour / 24) + 1,
      hour: hour % 24,
      reads: rounded(mean),
    })),
    days_ahead: daysAhead(forecast),
    next_warm_up:
      next === undefined
        ? null
        : {
            at: textOf(next.at),
            days: next.days,
            barbers: next.barberIds.length,
            loads: next.loads,
            saved_reads: rounded(next.saved),
          },
  };
}

/** Who asks for a month asks for each of its days. */
function daysAhead({ shares }: ShopForecast): Static<typeof ForecastAnswer>['days_ahead'] {
  const asked = new Map<number, number>();
  let all = 0;
  for (const { daysAhead: first, days, share } of shares)
    for (let day = first; day < first + days; day++) {
      asked.set(day, (asked.get(day) ?? 0) + share);
      all += share;
    }
  return [...asked]
    .sort(([a], [b]) => a - b)
    .map(([day, part]) => ({ days_ahead: day, share: Number((part / all).toFixed(4)) }));
}

function textOf(instant: number): string {
  return new Date(instant).toISOString();
}

function roundedOrNull(value: number | null): number | null {
  return value === null ? null : rounded(value);
}

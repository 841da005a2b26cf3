import { useMemo } from 'preact/hooks';
import { type Language, useLanguage } from './language.ts';

export interface Money {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

/** Dates are `YYYY-MM-DD`, instants RFC 3339; what comes out is for people. */
export interface Formats {
  /** `$30.00`, with as many decimals as the currency has. */
  price(money: Money): string;
  /** `Monday, 23 November`: of a calendar date. */
  date(date: string): string;
  /** `Mon 23 Nov` */
  shortDate(date: string): string;
  /** `November 23 – 29, 2026`: of two calendar dates. */
  dateRange(from: string, to: string): string;
  /** `November 2026`: of a date in it. */
  month(date: string): string;
  /** `Monday`, 1 = Monday. */
  weekday(weekday: number, style?: 'long' | 'short' | 'narrow'): string;
  /** `10:00 AM` of an instant, in a zone. */
  time(instant: string, timeZone: string): string;
  /** The same of `HH:MM`. */
  clock(time: string): string;
  /** `Monday, 23 November at 10:00 AM` */
  moment(instant: string, timeZone: string): string;
  /** `Eastern Standard Time`, as it is at the instant. */
  zone(instant: string, timeZone: string): string;
  /** `45 min`, `1 h 30 min` */
  duration(minutes: number): string;
  /** `1,234.5`; at most so many decimals. */
  number(value: number, decimals?: number): string;
  percent(value: number, decimals?: number): string;
  /** `in 3 minutes`, `2 hours ago` */
  relative(instant: string | number, now: number): string;
}

/** English is the shop's own, American; times are as its speakers write them. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => formatsIn(language), [language]);
}

export function formatsIn(language: Language): Formats {
  const locale = LOCALES[language];
  const made = new Map<string, Intl.DateTimeFormat>();
  /** Formatters are dear to make: 50 µs, against 1 µs for a use. */
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = JSON.stringify(options);
    const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
    made.set(key, format);
    return format;
  };
  const ofDate = (date: string, options: Intl.DateTimeFormatOptions) =>
    dates({ ...options, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
  const TIME = { hour: 'numeric', minute: '2-digit' } as const;
  const DATE = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const number = (value: number, decimals = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value);
  const minutes = (value: number, unit: 'minute' | 'hour') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);

  return {
    price: ({ amount, currency }) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      const { maximumFractionDigits = 0 } = format.resolvedOptions();
      return format.format(amount / 10 ** maximumFractionDigits);
    },
    date: (date) => ofDate(date, DATE),
    shortDate: (date) => ofDate(date, { weekday: 'short', day: 'numeric', month: 'short' }),
    dateRange: (from, to) =>
      dates({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).formatRange(
        new Date(`${from}T00:00:00Z`),
        new Date(`${to}T00:00:00Z`),
      ),
    month: (date) => ofDate(date, { month: 'long', year: 'numeric' }),
    // 1 January 2024 was a Monday.
    weekday: (weekday, style = 'long') => ofDate(`2024-01-0${weekday}`, { weekday: style }),
    time: (instant, timeZone) => dates({ ...TIME, timeZone }).format(new Date(instant)),
    clock: (time) => dates({ ...TIME, timeZone: 'UTC' }).format(new Date(`2024-01-01T${time}:00Z`)),
    moment: (instant, timeZone) => dates({ ...DATE, ...TIME, timeZone }).format(new Date(instant)),
    zone: (instant, timeZone) =>
      dates({ timeZone, timeZoneName: 'long' })
        .formatToParts(new Date(instant))
        .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone,
    duration: (all) => {
      const [hours, rest] = [Math.floor(all / 60), all % 60];
      if (hours === 0) return minutes(rest, 'minute');
      return rest === 0 ? minutes(hours, 'hour') : `${minutes(hours, 'hour')} ${minutes(rest, 'minute')}`;
    },
    number,
    percent: (value, decimals = 1) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: 'percent',
        maximumFractionDigits: decimals,
      }).format(value),
    relative: (instant, now) => {
      const seconds = (new Date(instant).getTime() - now) / 1_000;
      const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
      const [unit, size] = unitFor(Math.abs(seconds));
      return format.format(Math.round(seconds / size), unit);
    },
  };
}

function unitFor(seconds: number): ['second' | 'minute' | 'hour' | 'day', number] {
  if (seconds < 60) return ['second', 1];
  if (seconds < 3_600) return ['minute', 60];
  return seconds < 86_400 ? ['hour', 3_600] : ['day', 86_400];
}

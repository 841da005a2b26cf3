import { useMemo } from 'preact/hooks';
import { decimalsOf } from '../../src/currency.ts';
import { dateIn, daysBetween } from '../time/dates.ts';
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
  /** `23 November 2026`: of an instant, where the reader is. */
  fullDate(instant: string): string;
  /** `Mon 23 Nov` */
  shortDate(date: string): string;
  /** `Mon`, `23`, `Nov`, `2026`: to be set one below the other. */
  dateParts(date: string): { weekday: string; day: string; month: string; year: string };
  /** `today`, `tomorrow`, `in 3 days`. */
  inDays(days: number): string;
  /** `Mon, Nov 23, 2026 – Wed, Nov 25, 2026`; of one day just that. */
  dates(from: string, to: string): string;
  /** `November 23 – 29, 2026`: of two calendar dates. */
  dateRange(from: string, to: string): string;
  /** `November 2026`: of a date in it. */
  month(date: string): string;
  /** `Monday`, 1 = Monday. */
  weekday(weekday: number, style?: 'long' | 'short' | 'narrow'): string;
  /** 1 = Monday: with which a week begins in calendars. */
  readonly firstWeekday: number;
  /** `10:00 AM` of an instant, in a zone. */
  time(instant: string, timeZone: string): string;
  /** The same of `HH:MM`. */
  clock(time: string): string;
  /** `Monday, 23 November at 10:00 AM` */
  moment(instant: string, timeZone: string): string;
  /** `today, 10:00 AM`, `Mon, Nov 23, 10:00 AM`; `now` is epoch ms. */
  briefMoment(instant: string, timeZone: string, now: number): string;
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

/** As the demo shop's neighbours write: twelve hours, and weeks that begin on Sundays in English alone. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };
const FIRST_WEEKDAYS: Readonly<Record<Language, number>> = { en: 7, es: 1 };

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
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = (value: number, decimals = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value);
  const minutes = (value: number, unit: 'minute' | 'hour') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);

  return {
    price: ({ amount, currency }) => {
      const decimals = decimalsOf(currency);
      const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
      return format.format(amount / 10 ** decimals);
    },
    date: (date) => ofDate(date, DATE),
    fullDate: (instant) => dates({ dateStyle: 'long' }).format(new Date(instant)),
    shortDate: (date) => ofDate(date, { weekday: 'short', day: 'numeric', month: 'short' }),
    dateParts: (date) => ({
      weekday: ofDate(date, { weekday: 'short' }),
      day: ofDate(date, { day: 'numeric' }),
      month: ofDate(date, { month: 'short' }),
      year: ofDate(date, { year: 'numeric' }),
    }),
    inDays: (days) => relative.format(days, 'day'),
    dates: (from, to) =>
      dates({
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)),
    dateRange: (from, to) =>
      dates({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).formatRange(
        new Date(`${from}T00:00:00Z`),
        new Date(`${to}T00:00:00Z`),
      ),
    month: (date) => ofDate(date, { month: 'long', year: 'numeric' }),
    firstWeekday: FIRST_WEEKDAYS[language],
    // 1 January 2024 was a Monday.
    weekday: (weekday, style = 'long') => ofDate(`2024-01-0${weekday}`, { weekday: style }),
    time: (instant, timeZone) => dates({ ...TIME, timeZone }).format(new Date(instant)),
    clock: (time) => dates({ ...TIME, timeZone: 'UTC' }).format(new Date(`2024-01-01T${time}:00Z`)),
    moment: (instant, timeZone) => dates({ ...DATE, ...TIME, timeZone }).format(new Date(instant)),
    briefMoment: (instant, timeZone, now) => {
      const at = new Date(instant);
      const days = daysBetween(dateIn(timeZone, now), dateIn(timeZone, instant));
      const date = dates({ weekday: 'short', day: 'numeric', month: 'short', timeZone });
      const day = days === 0 || days === 1 ? relative.format(days, 'day') : date.format(at);
      return `${day}, ${dates({ ...TIME, timeZone }).format(at)}`;
    },
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
      const [unit, size] = unitFor(Math.abs(seconds));
      return relative.format(Math.round(seconds / size), unit);
    },
  };
}

function unitFor(seconds: number): ['second' | 'minute' | 'hour' | 'day', number] {
  if (seconds < 60) return ['second', 1];
  if (seconds < 3_600) return ['minute', 60];
  return seconds < 86_400 ? ['hour', 3_600] : ['day', 86_400];
}

import { useMemo } from 'preact/hooks';
import { formatsIn, LOCALES } from '../../words/formats.ts';
import { type Language, useLanguage } from '../../words/language.ts';

/** How measurements are written. */
export interface Figures {
  /** Three significant digits: `0.0123`, `97.3`, `1,234`. */
  significant(value: number): string;
  count(value: number): string;
  /** As short as it can be: `0`, `4`, `1.2K`. */
  brief(value: number): string;
  percent(value: number, decimals?: number): string;
  /** `0.4 ms`, `1.2 sec` */
  milliseconds(ms: number): string;
  /** `45 sec`, `5 min`, `1 hr 30 min`, `1 day` */
  lasting(seconds: number): string;
  /** `812 B`, `1.2 MB` */
  bytes(bytes: number): string;
  /** In the unit of a metric: `%`, `ms`, `MB`, or empty for a number of things. */
  measured(value: number, unit: string): string;
  /** `10:04:05 AM` */
  exactTime(instant: string, timeZone: string): string;
  /** `10:04 AM` */
  time(instant: string | number, timeZone: string): string;
  /** `Mon, 10:04 AM` */
  weekdayTime(instant: string | number, timeZone: string): string;
  /** Of an axis whose times are `step` seconds apart: `Mon, Nov 23`, `Mon` at midnight, `10 AM` or `10:15 AM`. */
  axisTime(seconds: number, step: number, timeZone: string): string;
  /** `10 AM`, of 0 to 23. */
  hour(hour: number): string;
}

const MEGA = 2 ** 20;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

export function useFigures(): Figures {
  const language = useLanguage();
  return useMemo(() => figuresIn(language), [language]);
}

function figuresIn(language: Language): Figures {
  const locale = LOCALES[language];
  const { duration, percent } = formatsIn(language);
  const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
  const numbers = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const known = made.get(key);
    const format = known instanceof Intl.NumberFormat ? known : new Intl.NumberFormat(locale, options);
    made.set(key, format);
    return format;
  };
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = JSON.stringify(options);
    const known = made.get(key);
    const format = known instanceof Intl.DateTimeFormat ? known : new Intl.DateTimeFormat(locale, options);
    made.set(key, format);
    return format;
  };
  // Digits before the point are never rounded away.
  const digits = (value: number): Intl.NumberFormatOptions =>
    Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  const united = (value: number, unit: string) =>
    numbers({ style: 'unit', unit, unitDisplay: 'short', ...digits(value) }).format(value);
  const significant = (value: number) => numbers(digits(value)).format(value);
  const milliseconds = (ms: number) =>
    ms < 1_000 ? united(ms, 'millisecond') : ms < 60_000 ? united(ms / 1_000, 'second') : lasting(ms / 1_000);
  const lasting = (seconds: number) => {
    if (seconds < 60) return united(Math.round(seconds), 'second');
    if (seconds % DAY_SECONDS === 0 || seconds > 2 * DAY_SECONDS)
      return united(Math.round(seconds / DAY_SECONDS), 'day');
    const rest = seconds < 3_600 ? Math.round(seconds % 60) : 0;
    const whole = duration(rest === 0 ? Math.round(seconds / 60) : Math.floor(seconds / 60));
    return rest === 0 ? whole : `${whole} ${united(rest, 'second')}`;
  };
  const bytes = (value: number) =>
    value < 1_024
      ? `${Math.round(value)} B`
      : value < MEGA
        ? united(value / 1_024, 'kilobyte')
        : united(value / MEGA, 'megabyte');

  return {
    significant,
    count: (value) => numbers({ maximumFractionDigits: 0 }).format(value),
    brief: (value) => numbers({ notation: 'compact', maximumSignificantDigits: 2 }).format(value),
    percent: (value, decimals = 1) => percent(value, decimals),
    milliseconds,
    lasting,
    bytes,
    measured: (value, unit) => {
      if (unit === '%') return percent(value, 1);
      if (unit === 'ms') return milliseconds(value);
      return unit === 'MB' ? bytes(value * MEGA) : significant(value);
    },
    exactTime: (instant, timeZone) =>
      dates({ hour: 'numeric', minute: '2-digit', second: '2-digit', timeZone }).format(new Date(instant)),
    time: (instant, timeZone) =>
      dates({ hour: 'numeric', minute: '2-digit', timeZone }).format(new Date(instant)),
    weekdayTime: (instant, timeZone) =>
      dates({ weekday: 'short', hour: 'numeric', minute: '2-digit', timeZone }).format(new Date(instant)),
    axisTime: (seconds, step, timeZone) => {
      const at = new Date(seconds * 1_000);
      if (step >= DAY_SECONDS)
        return dates({ weekday: 'short', day: 'numeric', month: 'short', timeZone }).format(at);
      const isMidnight = dates({ timeStyle: 'short', hourCycle: 'h23', timeZone }).format(at) === '00:00';
      if (isMidnight) return dates({ weekday: 'short', timeZone }).format(at);
      const minute = step % HOUR_SECONDS === 0 ? undefined : '2-digit';
      return dates({ hour: 'numeric', minute, timeZone }).format(at);
    },
    hour: (hour) => dates({ hour: 'numeric', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, 1, hour))),
  };
}

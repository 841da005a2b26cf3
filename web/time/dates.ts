/** Calendar dates as `YYYY-MM-DD`, without a zone. */

const DAY_MS = 86_400_000;

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
}

/** 1 = Monday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** `2026-12` of `2026-11` and 1. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The dates of a month in whole weeks; undefined before its first and after its last day. */
export function weeksOf(month: string, firstWeekday: number): (string | undefined)[][] {
  const first = `${month}-01`;
  const days = Number(addDays(`${addMonths(month, 1)}-01`, -1).slice(8));
  const before = (weekdayOf(first) - firstWeekday + 7) % 7;
  const weeks: (string | undefined)[][] = [];
  for (let at = -before; at < days; at += 7)
    weeks.push(
      Array.from({ length: 7 }, (_, n) =>
        at + n < 0 || at + n >= days ? undefined : addDays(first, at + n),
      ),
    );
  return weeks;
}

/** Monday to Sunday of the week that the date is in. */
export function weekOf(date: string): readonly string[] {
  return Array.from({ length: 7 }, (_, n) => addDays(date, n + 1 - weekdayOf(date)));
}

/** Whether the text is a date that exists, of the years that the server takes. */
export function isDate(text: string): boolean {
  if (!/^(?:19[7-9]|20\d|21\d)\d-\d\d-\d\d$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** The date that it is in a zone; the instant is RFC 3339 or epoch ms. */
export function dateIn(timeZone: string, instant: string | number): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(instant));
}

export function todayIn(timeZone: string): string {
  return dateIn(timeZone, Date.now());
}

/** The hour of the day that it is in a zone, 0 to 23. */
export function hourIn(timeZone: string, instant: string): number {
  const hour = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  return Number(hour.format(new Date(instant)));
}

/** Calendar dates `YYYY-MM-DD`, without a zone. */

const DAY_MS = 86_400_000;

/** The date `n` days later; earlier if negative. */
export function addDays(date: string, n: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

/** Monday to Sunday of the week that the date is in. */
export function weekOf(date: string): readonly string[] {
  // 1970-01-01 was a Thursday.
  const sinceMonday = (Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS) + 3) % 7;
  return Array.from({ length: 7 }, (_, n) => addDays(date, n - sinceMonday));
}

/** Whether the text is a date that exists, of the years that the server takes. */
export function isDate(text: string): boolean {
  if (!/^(?:19[7-9]|20\d|21\d)\d-\d\d-\d\d$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

import { decimalsOf } from '../../currency.ts';

/** `Monday, 23 November 2026, 10:00 – 10:30 Eastern Standard Time`. RFC 3339 and an IANA zone. */
export function period(start: string, end: string, timeZone: string): string {
  const [from, to] = [new Date(start), new Date(end)];
  const [zoneBefore, zone] = [zoneName(from, timeZone), zoneName(to, timeZone)];
  const beginning = zoneBefore === zone ? time(from, timeZone) : `${time(from, timeZone)} ${zoneBefore}`;
  const lastDay = day(from, timeZone) === day(to, timeZone) ? '' : `${day(to, timeZone)}, `;
  return `${day(from, timeZone)}, ${beginning} – ${lastDay}${time(to, timeZone)} ${zone}`;
}

/** `Monday, 23 November 2026, 10:00 Eastern Standard Time`. */
export function moment(instant: string, timeZone: string): string {
  const at = new Date(instant);
  return `${day(at, timeZone)}, ${time(at, timeZone)} ${zoneName(at, timeZone)}`;
}

/** `23 November, 10:00`: for a subject. */
export function briefMoment(instant: string, timeZone: string): string {
  const at = new Date(instant);
  const date = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long' }).format(at);
  return `${date}, ${time(at, timeZone)}`;
}

/** `$30.00`. Minor units and ISO 4217: as many decimals as the currency has. */
export function price({ amount, currency }: { amount: number; currency: string }): string {
  const decimals = decimalsOf(currency);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, ...digits });
  return format.format(amount / 10 ** decimals).replaceAll('\u00a0', ' ');
}

function day(at: Date, timeZone: string): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const words = new Intl.DateTimeFormat('en-GB', { timeZone, ...parts }).formatToParts(at);
  const word = (type: keyof typeof parts) => words.find((part) => part.type === type)?.value;
  // Releases of ICU differ in what they put between the words.
  return `${word('weekday')}, ${word('day')} ${word('month')} ${word('year')}`;
}

function time(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(at);
}

/** Long, so that the two hours of the same name when clocks go back differ. */
function zoneName(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'long' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

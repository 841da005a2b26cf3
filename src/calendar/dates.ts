/**
 * Civil dates ('YYYY-MM-DD') and wall times ('HH:MM') as plain arithmetic, without a zone.
 * Algorithms: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
 * https://howardhinnant.github.io/date_algorithms.html (days_from_civil, civil_from_days).
 */

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const FIRST_DAY_OF_2200 = 84_006;
/** '00' to '99': formatting is hot, and a look-up costs a third of padStart. */
const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/** `n` (0 to 99) as two digits. */
export function twoDigits(n: number): string {
  return TWO_DIGITS[n] ?? String(n);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The number that these characters write; NaN where one is not a digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  return number;
}

function dayNumberOf(text: string): number | undefined {
  // A regular expression takes four times as long, and dates are read with every request.
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  const longest = DAYS_IN_MONTH[month - 1];
  if (longest === undefined || Number.isNaN(year) || !(day >= 1 && day <= longest)) return undefined;
  if (month === 2 && day === 29 && !isLeap(year)) return undefined;
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Days from 1970-01-01 to the date. Throws RangeError for anything but a date. */
export function dayNumber(date: string): number {
  const days = dayNumberOf(date);
  if (days === undefined) throw new RangeError(`date: ${JSON.stringify(date)} is not a date (YYYY-MM-DD)`);
  return days;
}

/** The date `days` after 1970-01-01. Throws RangeError outside the years 0 to 9999. */
export function dateOfDayNumber(days: number): string {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`days: ${days} is outside the years 0 to 9999`);
  return `${twoDigits(Math.floor(year / 100))}${twoDigits(year % 100)}-${twoDigits(month)}-${twoDigits(day)}`;
}

/**
 * Whether the text is a date that exists, in the years 1970 to 2199: what lies further away is no
 * appointment, and the margin lets everything else step from a valid date without a check.
 */
export function isDate(text: string): boolean {
  const days = dayNumberOf(text);
  return days !== undefined && days >= 0 && days < FIRST_DAY_OF_2200;
}

/** Whether the text is a time of day, '00:00' to '23:59'. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** Minutes from 00:00; '24:00', the end of a day, is 1440. Throws RangeError for anything else. */
export function minutesOfTime(time: string): number {
  if (time !== '24:00' && !isTime(time)) {
    throw new RangeError(`time: ${JSON.stringify(time)} is not a time of day (HH:MM)`);
  }
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The inverse of minutesOfTime: 0 to 1440, where 1440 is '24:00'. Throws RangeError for anything else. */
export function timeOfMinutes(minutes: number): string {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > 1440) {
    throw new RangeError(`minutes: ${minutes} is not a minute of the day (0 to 1440)`);
  }
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** The date `n` days later (earlier if negative). */
export function addDays(date: string, n: number): string {
  return dateOfDayNumber(dayNumber(date) + n);
}

/** Days from `a` to `b`; negative if `b` is earlier. */
export function daysBetween(a: string, b: string): number {
  return dayNumber(b) - dayNumber(a);
}

/** 1 = Monday to 7 = Sunday. */
export function isoWeekday(date: string): number {
  // 1970-01-01 was a Thursday.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** Every date from `from` to `to`, both included; none if `to` is earlier. */
export function datesFrom(from: string, to: string): string[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, n) => dateOfDayNumber(first + n));
}

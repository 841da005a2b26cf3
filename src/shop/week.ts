import { isTime, minutesOfTime, timeOfMinutes } from '../calendar/time.ts';
import type { Period } from '../calendar/working-time.ts';
import type { Fault } from '../outcome.ts';
import type { WeeklyPeriod } from './rules.ts';

const DAY_MINUTES = 1440;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** A period as people and Postgres write it: 'HH:MM'; one that closes at or before it opens ends the day after. */
export interface WrittenPeriod {
  readonly opens: string;
  /** Also '24:00', the end of the day. */
  readonly closes: string;
}

export interface WrittenWeekday extends WrittenPeriod {
  /** ISO weekday, 1 = Monday. */
  readonly weekday: number;
}

/**
 * The periods of one date in the order of the day. Faults go to `faults`, each at its place below `field`:
 * `periods/2/closes`. What overlaps is at fault where the later of the two is written.
 */
export function readPeriods(written: readonly WrittenPeriod[], field: string, faults: Fault[]): Period[] {
  const read = written.map((period, i) => readPeriod(period, `${field}/${i}`, faults));
  refuseOverlaps(read, written, field, '', faults);
  return read.flatMap((period) => period ?? []).sort((a, b) => a.opens - b.opens);
}

/** The same for a week, whose periods may overlap only where they begin on different weekdays. */
export function readWeek(written: readonly WrittenWeekday[], field: string, faults: Fault[]): WeeklyPeriod[] {
  const read = written.map((period, i) => {
    const times = readPeriod(period, `${field}/${i}`, faults);
    return times && { weekday: period.weekday, ...times };
  });
  for (const [i, name] of WEEKDAYS.entries()) {
    const ofWeekday = read.map((period) => (period?.weekday === i + 1 ? period : undefined));
    refuseOverlaps(ofWeekday, written, field, ` on ${name}`, faults);
  }
  return read.flatMap((period) => period ?? []).sort((a, b) => a.weekday - b.weekday || a.opens - b.opens);
}

/** As it is kept in the columns `opens` and `closes`, and shown. */
export function writtenPeriod({ opens, closes }: Period): WrittenPeriod {
  const last = closes > DAY_MINUTES ? closes - DAY_MINUTES : closes;
  return { opens: timeOfMinutes(opens), closes: timeOfMinutes(last) };
}

function readPeriod({ opens, closes }: WrittenPeriod, place: string, faults: Fault[]): Period | undefined {
  const before = faults.length;
  const fault = (field: string, detail: string) =>
    faults.push({ code: 'validation_failed', field: `${place}/${field}`, detail });
  if (!isTime(opens))
    fault('opens', `"${opens.slice(0, 20)}" is not a time. Use HH:MM, from 00:00 to 23:59.`);
  if (!isTimeOrEnd(closes))
    fault('closes', `"${closes.slice(0, 20)}" is not a time. Use HH:MM, from 00:00 to 24:00.`);
  if (opens === closes && faults.length === before)
    fault('closes', 'A period cannot open and close at the same time. A whole day is 00:00 to 24:00.');
  if (faults.length > before) return undefined;
  const [from, to] = [minutesOfTime(opens), minutesOfTime(closes)];
  return { opens: from, closes: to <= from ? to + DAY_MINUTES : to };
}

/** Whether the text is a time at which something can end: '00:00' to '24:00'. */
export function isTimeOrEnd(text: string): boolean {
  return text === '24:00' || isTime(text);
}

function refuseOverlaps(
  periods: readonly (Period | undefined)[],
  written: readonly WrittenPeriod[],
  field: string,
  when: string,
  faults: Fault[],
): void {
  for (const [i, period] of periods.entries()) {
    const other = periods.findIndex((earlier, j) => j < i && period && earlier && overlap(period, earlier));
    const [mine, theirs] = [written[i], written[other]];
    if (mine === undefined || theirs === undefined) continue;
    faults.push({
      code: 'validation_failed',
      field: `${field}/${i}`,
      detail: `${spelt(mine)}${when} overlaps ${spelt(theirs)}. Make them one period, or leave a gap.`,
    });
  }
}

function overlap(a: Period, b: Period): boolean {
  return a.opens < b.closes && b.opens < a.closes;
}

function spelt({ opens, closes }: WrittenPeriod): string {
  return `${opens} to ${closes}`;
}

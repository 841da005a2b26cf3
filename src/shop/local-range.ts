import { addDays, isDate, isTime } from '../calendar/time.ts';
import type { LocalRange } from '../calendar/working-time.ts';
import type { Fault } from '../outcome.ts';
import { isTimeOrEnd } from './week.ts';

/** A closure or time off as people write it: whole days, or from a time on the first date to one on the last. */
export interface WrittenRange {
  readonly startDate: string;
  /** Included where whole days are meant; `startDate` unless given. */
  readonly endDate?: string | undefined;
  readonly startTime?: string | null | undefined;
  /** Also '24:00', the end of `endDate`. */
  readonly endTime?: string | null | undefined;
}

/** The same with nothing left out. */
export interface ShownRange {
  readonly startDate: string;
  readonly endDate: string;
  /** Both null for whole days. */
  readonly startTime: string | null;
  readonly endTime: string | null;
}

/** The half-open range of local date-times that is meant; undefined where faults were found. */
export function readLocalRange(written: WrittenRange, faults: Fault[]): LocalRange | undefined {
  const before = faults.length;
  const fault = (field: keyof WrittenRange, detail: string) =>
    faults.push({ code: 'validation_failed', field, detail });
  const { startDate, endDate = startDate, startTime, endTime } = written;
  const wholeDays = isMissing(startTime) && isMissing(endTime);

  if (!isDate(startDate)) fault('startDate', notA('date', startDate));
  if (written.endDate !== undefined && !isDate(endDate)) fault('endDate', notA('date', endDate));
  if (!wholeDays && isMissing(startTime)) fault('startTime', 'Give both times, or none for whole days.');
  if (!wholeDays && isMissing(endTime)) fault('endTime', 'Give both times, or none for whole days.');
  if (!isMissing(startTime) && !isTime(startTime)) fault('startTime', notA('time', startTime));
  if (!isMissing(endTime) && !isTimeOrEnd(endTime)) fault('endTime', notA('end', endTime));
  if (faults.length > before) return undefined;

  const from = `${startDate}T${startTime ?? '00:00'}`;
  const to = endOf(endDate, endTime ?? '24:00');
  if (from < to) return { from, to };
  if (endDate < startDate) fault('endDate', 'The end is before the start.');
  else fault('endTime', 'The end must be after the start.');
  return undefined;
}

/** The inverse. An end at midnight is the 24:00 of the day before, and from midnight to midnight is whole days. */
export function showLocalRange({ from, to }: LocalRange): ShownRange {
  const [startDate, startTime] = [from.slice(0, 10), from.slice(11)];
  const endsAtMidnight = to.endsWith('T00:00');
  const endDate = endsAtMidnight ? addDays(to.slice(0, 10), -1) : to.slice(0, 10);
  if (endsAtMidnight && startTime === '00:00') return { startDate, endDate, startTime: null, endTime: null };
  return { startDate, endDate, startTime, endTime: endsAtMidnight ? '24:00' : to.slice(11) };
}

/** 'YYYY-MM-DDTHH:MM' of the end, on the following date where it is 24:00. */
function endOf(date: string, time: string): string {
  return time === '24:00' ? `${addDays(date, 1)}T00:00` : `${date}T${time}`;
}

function isMissing(text: string | null | undefined): text is null | undefined {
  return text === undefined || text === null;
}

const HINTS = {
  date: 'a date. Use YYYY-MM-DD, and a day that exists.',
  time: 'a time. Use HH:MM, from 00:00 to 23:59.',
  end: 'a time. Use HH:MM, from 00:00 to 24:00.',
} as const;

function notA(kind: keyof typeof HINTS, text: string): string {
  return `"${text.slice(0, 20)}" is not ${HINTS[kind]}`;
}

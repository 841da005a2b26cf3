import type { RangeAnswer, RangeBody } from '../api/wire.ts';
import type { Formats } from '../words/formats.ts';

/** A closure or time off as a form has it: texts, until they are sent. */
export interface RangeDraft {
  readonly wholeDays: boolean;
  readonly start: string;
  readonly end: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export function rangeBody({ wholeDays, start, end, from, to, reason }: RangeDraft): RangeBody {
  return {
    start_date: start,
    // Where it was left empty, or behind: one day is meant.
    end_date: end === '' ? start : end,
    ...(!wholeDays && {
      start_time: from,
      // A time input has no 24:00; at the end of a single day nothing else can be meant.
      end_time: to === '00:00' && end === start ? '24:00' : to,
    }),
    reason: reason.trim() === '' ? null : reason.trim(),
  };
}

/** `Mon, Nov 23, 2026, 9:00 AM – 10:00 AM` */
export function rangeText(
  { start_date, end_date, start_time, end_time }: RangeAnswer,
  formats: Formats,
): string {
  if (start_time === null || end_time === null) return formats.dates(start_date, end_date);
  const [from, to] = [formats.clock(start_time), formats.clock(end_time)];
  if (start_date === end_date) return `${formats.dates(start_date, end_date)}, ${from} – ${to}`;
  const [first, last] = [formats.dates(start_date, start_date), formats.dates(end_date, end_date)];
  return `${first}, ${from} – ${last}, ${to}`;
}

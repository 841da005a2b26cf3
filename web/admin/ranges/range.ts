import type { RangeBody } from '../wire.ts';

/** A time away as the form has it: texts, until they are sent. */
export interface RangeDraft {
  readonly wholeDays: boolean;
  readonly start: string;
  readonly end: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export function emptyRange(date: string): RangeDraft {
  return { wholeDays: true, start: date, end: date, from: '12:00', to: '17:00', reason: '' };
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

export interface TimeAway {
  readonly id: number;
  readonly start_date: string;
  readonly end_date: string;
  readonly start_time: string | null;
  readonly end_time: string | null;
  readonly reason: string | null;
}

/** The soonest first. */
export function byDate(a: TimeAway, b: TimeAway): number {
  const key = (time: TimeAway) => `${time.start_date} ${time.start_time ?? ''}`;
  return key(a) < key(b) ? -1 : 1;
}

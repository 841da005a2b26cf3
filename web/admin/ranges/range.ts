import type { RangeDraft } from '../../time/range.ts';
import type { TimeOff } from '../wire.ts';

export function emptyRange(date: string): RangeDraft {
  return { wholeDays: true, start: date, end: date, from: '12:00', to: '17:00', reason: '' };
}

/** A closure is told of in the same way. */
export type TimeAway = TimeOff;

/** The soonest first. */
export function byDate(a: TimeAway, b: TimeAway): number {
  const key = (time: TimeAway) => `${time.start_date} ${time.start_time ?? ''}`;
  return key(a) < key(b) ? -1 : 1;
}

import { wallTime } from '../calendar.ts';
import { picked } from '../commands.ts';
import type { Period, Shop, Week } from '../shop.ts';

/** A week of the shop's shifts, the given ones in turn. */
export function shiftsOf({ shifts }: Shop, picks: readonly number[]): Week {
  return [[], ...Array.from({ length: 7 }, (_, day) => picked(shifts, picked(picks, day)))];
}

/** As it is on the wire and in the tables. */
export function periodsOf(periods: readonly Period[]) {
  return periods.map(({ opens, closes }) => ({ opens: wallTime(opens), closes: wallTime(closes) }));
}

export function wireWeek(week: Week) {
  return week.flatMap((periods, weekday) => periodsOf(periods).map((period) => ({ weekday, ...period })));
}

import type { Forecast } from '../wire.ts';

/** Days that are alike to whoever plans. */
export type DaySpan = 'past' | 'today' | 'tomorrow' | 'week' | 'month' | 'later';

/** The share of each, from 0 to 1. */
export function sharesOf(daysAhead: Forecast['days_ahead']): ReadonlyMap<DaySpan, number> {
  const shares = new Map<DaySpan, number>();
  for (const { days_ahead, share } of daysAhead) {
    const span = spanOf(days_ahead);
    shares.set(span, (shares.get(span) ?? 0) + share);
  }
  return shares;
}

function spanOf(daysAhead: number): DaySpan {
  if (daysAhead < 0) return 'past';
  if (daysAhead === 0) return 'today';
  if (daysAhead === 1) return 'tomorrow';
  return daysAhead < 7 ? 'week' : daysAhead <= 30 ? 'month' : 'later';
}

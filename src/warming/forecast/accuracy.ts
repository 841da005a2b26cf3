/** How well the past would have been predicted. Pure: no I/O, no clock. */
import { HOURS_OF_WEEK, predictReads, type ReadHistory } from './forecast.ts';

export interface Accuracy {
  /** Reads by which a prediction of an hour is off; null where there is too little history to tell. */
  readonly meanAbsolute: number | null;
  /** The sum of that in per cent of all reads (WAPE), which also works for hours without reads; null without reads. */
  readonly wape: number | null;
  /** The same had each hour been predicted to be as the same hour a week before. */
  readonly naiveWape: number | null;
  /** The predictions, the last one of the last hour of the history. */
  readonly predicted: readonly number[];
}

const DAY = 24;
/** Days that are predicted once more, each from what was known before it. */
const TRIED_DAYS = 7;

/** Predicts each of the last days from the history before it, and compares (rolling origin; FPP3, 5.10). */
export function backtest({ reads, hourOfWeek }: ReadHistory): Accuracy {
  const predicted: number[] = [];
  for (let day = TRIED_DAYS; day >= 1; day--) {
    const from = reads.length - day * DAY;
    // Without a day before it there is nothing to predict from.
    if (from >= DAY) predicted.push(...predictReads({ reads: reads.slice(0, from), hourOfWeek }, DAY));
  }
  const first = reads.length - predicted.length;
  const actual = reads.slice(first);
  const error = errorOf(actual, predicted);
  const weekBefore = actual.map((_, i) => reads[first + i - HOURS_OF_WEEK] ?? 0);
  return {
    meanAbsolute: predicted.length === 0 ? null : error / predicted.length,
    wape: percent(error, actual),
    naiveWape: first < HOURS_OF_WEEK ? null : percent(errorOf(actual, weekBefore), actual),
    predicted,
  };
}

function errorOf(actual: readonly number[], predicted: readonly number[]): number {
  return actual.reduce((sum, reads, i) => sum + Math.abs(reads - (predicted[i] ?? 0)), 0);
}

function percent(error: number, actual: readonly number[]): number | null {
  const all = actual.reduce((sum, reads) => sum + reads, 0);
  return all === 0 ? null : (100 * error) / all;
}

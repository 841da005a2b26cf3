/**
 * Predicts reads by the hour: a season of a week times a level, and no trend. The series is taken apart by classical
 * multiplicative decomposition, the level is followed by simple exponential smoothing, and both are put together again
 * (Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 3rd ed., 5.7 and 8.1, https://otexts.com/fpp3/).
 * What a holiday or a broken day may do is bounded as in Gelper, Fried and Croux, "Robust forecasting with exponential
 * and Holt–Winters smoothing" (2010): such values are cut to what is believable before they are smoothed.
 * Pure: no I/O, no clock.
 */
export const HOURS_OF_WEEK = 168;
const HOURS_OF_DAY = 24;

/**
 * Weight of the latest day in the level: the others have what it leaves, likewise. In the months of
 * `npm run bench:forecast` 0.3 is off by a point more, 0.7 by a point less.
 */
const SMOOTHING = 0.5;
/** Days that the level is made of; those before weigh less than a hundredth. */
const LEVEL_DAYS = 7;
/** The level of one day counts at most this many times the middle one of the week, and at least its inverse. */
const BELIEVABLE = 2;

export interface ReadHistory {
  /** Reads by the hour, without a gap; the last hour is the one before the first that is predicted. */
  readonly reads: readonly number[];
  /** The hour of the week (0 to 167) of each of them, and of those that follow: at the shop, whose clocks change. */
  hourOfWeek(index: number): number;
}

/**
 * The reads of the next hours, none below 0. What repeats itself by the week is predicted exactly; twice the reads
 * twice as many. Less than a week is taken for a season of a day; less than a day for no season at all.
 */
export function predictReads(history: ReadHistory, hours: number): readonly number[] {
  const { reads, hourOfWeek } = history;
  const season = seasonOf(history);
  const level = levelOf(reads, (index) => season(hourOfWeek(index)));
  return Array.from({ length: hours }, (_, i) => level * season(hourOfWeek(reads.length + i)));
}

/** How busy each hour of the week usually is. */
function seasonOf({ reads, hourOfWeek }: ReadHistory): (hour: number) => number {
  if (reads.length < HOURS_OF_DAY) return () => 1;
  const length = reads.length < HOURS_OF_WEEK ? HOURS_OF_DAY : HOURS_OF_WEEK;
  const seen = Array.from({ length }, (): number[] => []);
  for (const [i, count] of reads.entries()) seen[hourOfWeek(i) % length]?.push(count);
  const season = seen.map(trimmedMean);
  return (hour) => season[hour % length] ?? 0;
}

/** How many times the usual is read of late. */
function levelOf(reads: readonly number[], expected: (index: number) => number): number {
  const levels: number[] = [];
  // From the end, so that days are whole.
  for (let to = reads.length; to > 0 && levels.length < LEVEL_DAYS; to -= HOURS_OF_DAY) {
    let [actual, usual] = [0, 0];
    for (let i = Math.max(0, to - HOURS_OF_DAY); i < to; i++) {
      actual += reads[i] ?? 0;
      usual += expected(i);
    }
    if (usual > 0) levels.push(actual / usual);
  }
  const middle = medianOf(levels);
  let [weight, total, sum] = [1, 0, 0];
  for (const level of levels) {
    sum += weight * Math.min(Math.max(level, middle / BELIEVABLE), middle * BELIEVABLE);
    total += weight;
    weight *= 1 - SMOOTHING;
  }
  return total === 0 ? 0 : sum / total;
}

/** Without the largest and the smallest, where there are others: a campaign or a holiday is no season. */
function trimmedMean(values: readonly number[]): number {
  if (values.length < 3) return meanOf(values);
  return (
    (sumOf(values) - values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b))) /
    (values.length - 2)
  );
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : sumOf(values) / values.length;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

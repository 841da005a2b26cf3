import type { TrendPoint, Trends } from '../wire.ts';

/** The points with their times in epoch seconds, and undefined in between wherever nobody looked. */
export interface Stretches {
  readonly times: readonly number[];
  readonly points: readonly (TrendPoint | undefined)[];
}

export function stretchesOf({ points, resolution_minutes }: Trends): Stretches {
  const step = resolution_minutes * 60;
  const all: [number, TrendPoint | undefined][] = [];
  for (const point of points) {
    const at = Date.parse(point.at) / 1_000;
    const [before] = all.at(-1) ?? [at];
    // A check may be some seconds late, and so be missing from its minute.
    if (at - before > 2 * step) all.push([before + step, undefined]);
    all.push([at, point]);
  }
  return { times: all.map(([at]) => at), points: all.map(([, point]) => point) };
}

/** Of the points that have such a value the one with the most, or the least. */
export function extreme(
  points: readonly TrendPoint[],
  pick: (point: TrendPoint) => number | null,
  which: 'most' | 'least',
): { readonly value: number; readonly at: string } | undefined {
  let found: { value: number; at: string } | undefined;
  for (const point of points) {
    const value = pick(point);
    if (value === null) continue;
    const isFurther = found === undefined || (which === 'most' ? value > found.value : value < found.value);
    if (isFurther) found = { value, at: point.at };
  }
  return found;
}

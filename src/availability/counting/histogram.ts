/** Measurements, counted by range. `counts` has one more than `bounds`, for what is above the last. */
export interface Histogram {
  /** Upper bounds, each included in its range. */
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

export function total({ counts }: Pick<Histogram, 'counts'>): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What was counted since `before`, which has the same bounds. */
export function since(now: readonly number[], before: readonly number[]): number[] {
  return now.map((count, i) => Math.max(0, count - (before[i] ?? 0)));
}

/**
 * The value that this share (0 to 1) of the measurements does not exceed, as if those of a range were spread evenly
 * over it; undefined where nothing was measured. Above the last bound it is that bound.
 */
export function quantile({ bounds, counts }: Histogram, share: number): number | undefined {
  const wanted = share * total({ counts });
  if (wanted === 0) return undefined;
  let below = 0;
  for (const [i, bound] of bounds.entries()) {
    const inRange = counts[i] ?? 0;
    if (below + inRange >= wanted) {
      const from = bounds[i - 1] ?? 0;
      return from + ((bound - from) * (wanted - below)) / inRange;
    }
    below += inRange;
  }
  return bounds.at(-1);
}

/** The end of the highest range in which there is anything: nothing was longer. Undefined where nothing was measured. */
export function highest({ bounds, counts }: Histogram): number | undefined {
  const range = counts.findLastIndex((count) => count > 0);
  return range < 0 ? undefined : (bounds[range] ?? Number.POSITIVE_INFINITY);
}

/** Two of the same bounds as one. */
export function sum(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
}

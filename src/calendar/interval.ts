/** Half-open range of minutes: `start` belongs to it, `end` does not. */
export type Interval = readonly [start: number, end: number];

/** Sorts, drops what is empty, merges what overlaps or abuts: the form that every other verb here takes. */
export function normalise(list: readonly Interval[]): Interval[] {
  const [only, another] = list;
  // What most lists are: hours without a break, no closure.
  if (only === undefined) return [];
  if (another === undefined) return only[0] < only[1] ? [only] : [];
  const sorted = list.filter(([start, end]) => start < end).sort((a, b) => a[0] - b[0]);
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && interval[0] <= last[1]) {
      if (interval[1] > last[1]) merged[merged.length - 1] = [last[0], interval[1]];
    } else {
      merged.push(interval);
    }
  }
  return merged;
}

/** What lies in both lists. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  let j = 0;
  for (const [start, end] of a) {
    let other = b[j];
    while (other !== undefined && other[1] <= start) other = b[++j];
    // The last one met may reach into the next interval of `a`, so j stays on it.
    for (let k = j; other !== undefined && other[0] < end; other = b[++k]) {
      both.push([Math.max(start, other[0]), Math.min(end, other[1])]);
    }
  }
  return both;
}

/** What lies in `a` and not in `b`. */
export function subtract(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let j = 0;
  for (const [start, end] of a) {
    let from = start;
    let hole = b[j];
    while (hole !== undefined && hole[1] <= start) hole = b[++j];
    for (let k = j; hole !== undefined && hole[0] < end; hole = b[++k]) {
      if (hole[0] > from) left.push([from, hole[0]]);
      from = hole[1];
    }
    if (from < end) left.push([from, end]);
  }
  return left;
}

/** Every interval moved by `by` minutes. */
export function shift(list: readonly Interval[], by: number): Interval[] {
  return list.map(([start, end]) => [start + by, end + by]);
}

/** The part of the list that lies within one interval. */
export function clip(list: readonly Interval[], within: Interval): Interval[] {
  return intersect(list, [within]);
}

/** Whether one member of the list holds the whole interval. */
export function engulfs(list: readonly Interval[], [start, end]: Interval): boolean {
  return list.some((member) => member[0] <= start && end <= member[1]);
}

/** Whether the interval shares a minute with the list. */
export function overlaps(list: readonly Interval[], [start, end]: Interval): boolean {
  return start < end && list.some((member) => member[0] < end && member[1] > start);
}

/** A chart as it is described, without a thought of how it is drawn. */
export interface Chart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly summary: string;
  /** Epoch seconds, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly scale: Scale;
  /** Epoch seconds: what is shown also where there is no value. */
  readonly range: readonly [from: number, to: number];
  /** A value as people read it. */
  readonly write: (value: number) => string;
  /** Charts of the same group show where the pointer is at the same time. */
  readonly group: string;
}

export interface Line {
  readonly label: string;
  /** One for each of the times; null where there is none, which leaves a gap. */
  readonly values: readonly (number | null)[];
  /** A custom property of the style sheet. */
  readonly colour: `--${string}`;
  readonly shape: 'line' | 'dashed' | 'area' | 'bars';
}

/** `stacked` bars stand on each other; `levels` are 1, 2, 3, each with a name. */
export type Scale = 'percent' | 'zero' | 'log' | 'stacked' | 'levels';

/** Whether anything is there to be seen. */
export function isEmpty({ lines }: Chart): boolean {
  return lines.every(({ values }) => values.every((value) => value === null));
}

/** What to draw instead of the bars of each line: the sums of it and of all before it. */
export function stacked(lines: readonly Line[]): (number | null)[][] {
  const sums: number[] = [];
  return lines.map(({ values }) =>
    values.map((value, i) => {
      const sum = (sums[i] ?? 0) + (value ?? 0);
      sums[i] = sum;
      return value === null ? null : sum;
    }),
  );
}

/** Values without a neighbour, which no line would show. */
export function isolated(values: readonly (number | null | undefined)[]): number[] {
  const isThere = (i: number) => values[i] !== null && values[i] !== undefined;
  return values.flatMap((_, i) => (isThere(i) && !isThere(i - 1) && !isThere(i + 1) ? [i] : []));
}

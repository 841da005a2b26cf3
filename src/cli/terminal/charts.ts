const LEVELS = '▁▂▃▄▅▆▇█';
const GAP = '·';
const EIGHTHS = ' ▏▎▍▌▋▊▉';
const SHADES = ' ░▒▓█';

/** A value for each moment; null where there is none. */
export type Series = readonly (number | null)[];

export interface Range {
  readonly lowest: number;
  readonly highest: number;
}

/** A line of blocks between `lowest` and `highest`, at most `width` of them: neighbours share one, by their mean. */
export function sparkline(series: Series, { lowest, highest }: Range, width: number): string {
  const span = highest - lowest;
  return fitted(series, width)
    .map((value) => {
      if (value === null) return GAP;
      const share = span <= 0 ? 0 : Math.max(0, Math.min(1, (value - lowest) / span));
      return LEVELS.charAt(Math.round(share * (LEVELS.length - 1)));
    })
    .join('');
}

/** The means of as many neighbours as share a column. */
export function fitted(series: Series, width: number): Series {
  if (series.length <= width) return series;
  return Array.from({ length: width }, (_, i) => {
    const from = Math.floor((i * series.length) / width);
    const to = Math.floor(((i + 1) * series.length) / width);
    const values = series.slice(from, to).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

/** Undefined where there is no value at all. */
export function rangeOf(series: Series): Range | undefined {
  const values = series.filter((value) => value !== null);
  if (values.length === 0) return undefined;
  // Not `Math.min(...values)`: a long list is too many arguments.
  return values.reduce(
    ({ lowest, highest }, value) => ({
      lowest: Math.min(lowest, value),
      highest: Math.max(highest, value),
    }),
    { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY },
  );
}

/** A bar of `share` (0 to 1) of `width` columns, to an eighth of one. What is not nothing can be seen. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const visible = share > 0 ? Math.max(1, eighths) : 0;
  const rest = visible % 8;
  return '█'.repeat(Math.floor(visible / 8)) + (rest === 0 ? '' : EIGHTHS.charAt(rest));
}

/** How far it has come, as a bar that is always `width` wide. */
export function progressBar(share: number, width: number): string {
  const done = Math.floor(Math.max(0, Math.min(1, share)) * width);
  return '█'.repeat(done) + '░'.repeat(width - done);
}

/** A field of a heat map, by its share (0 to 1) of the highest. What is not nothing can be seen. */
export function shade(share: number, width: number): string {
  const level = Math.ceil(Math.max(0, Math.min(1, share)) * (SHADES.length - 1));
  return SHADES.charAt(level).repeat(width);
}

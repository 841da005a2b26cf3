import { chartWords } from '../../words/cache/trends.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import type { Chart, Line } from './chart.ts';

/** What each line is, and its value where the pointer is, or the last one. */
export function Legend({ chart, cursor }: { readonly chart: Chart; readonly cursor: number | undefined }) {
  const words = useWords(chartWords);
  const { weekdayTime } = useFigures();
  const { timezone } = usePlace();
  const isThere = (i: number) => chart.lines.some(({ values }) => (values[i] ?? null) !== null);
  const last = chart.times.findLastIndex((_, i) => isThere(i));
  const index = cursor !== undefined && isThere(cursor) ? cursor : last;
  const time = chart.times[index];
  return (
    <div class="cache-legend small" aria-hidden="true">
      <span class="cache-legend-time muted number">
        {time === undefined ? words.none : weekdayTime(time * 1_000, timezone)}
      </span>
      {chart.lines.map((line) => (
        <span key={line.label} class="cache-legend-line">
          <Swatch line={line} />
          <span class="cache-legend-name">{line.label}</span>
          {chart.scale !== 'levels' && (
            <strong class="number">{valueAt(chart, line, index, words.none)}</strong>
          )}
        </span>
      ))}
    </div>
  );
}

function Swatch({ line: { colour, shape } }: { readonly line: Line }) {
  return <span class={`cache-swatch ${shape}`} style={{ color: `var(${colour})` }} />;
}

function valueAt({ write }: Chart, { values }: Line, index: number, none: string): string {
  const value = values[index] ?? null;
  return value === null ? none : write(value);
}

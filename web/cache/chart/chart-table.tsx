import { chartWords } from '../../words/cache/trends.ts';
import { useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import type { Chart } from './chart.ts';

/** All numbers of a chart, the latest first. Of bars by level one column says which. */
export function ChartTable({ chart }: { readonly chart: Chart }) {
  const words = useWords(chartWords);
  const { weekdayTime } = useFigures();
  const { timezone } = usePlace();
  const { lines, times, write, title } = chart;
  const rows = times
    .map((time, i) => ({ time, values: lines.map(({ values }) => values[i] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null))
    .reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keyboard, too
    <section class="cache-table scroll" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            {lines.map(({ label }) => (
              <th key={label} scope="col" class="figure">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, values }) => (
            <tr key={time}>
              <th scope="row" class="number">
                {weekdayTime(time * 1_000, timezone)}
              </th>
              {values.map((value, i) => (
                <td key={lines[i]?.label} class="figure number">
                  {value === null ? words.none : write(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

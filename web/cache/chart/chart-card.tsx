import { useCallback, useId, useMemo, useState } from 'preact/hooks';
import { chartWords } from '../../words/cache/trends.ts';
import { useWords } from '../../words/language.ts';
import { Canvas } from './canvas.tsx';
import { type Chart, isEmpty } from './chart.ts';
import { ChartTable } from './chart-table.tsx';
import { Legend } from './legend.tsx';
import './chart.css';

/** A chart with its heading, what it says in a sentence, what its lines are, and all its numbers. */
export function ChartCard({ chart }: { readonly chart: Chart }) {
  const words = useWords(chartWords);
  const heading = useId();
  const [cursor, setCursor] = useState<number>();
  const [isOpen, setOpen] = useState(false);
  const onCursor = useCallback((index: number | undefined) => setCursor(index), []);
  // Not made again with each move of the pointer.
  const table = useMemo(() => isOpen && <ChartTable chart={chart} />, [chart, isOpen]);
  return (
    <article class="cache-chart card" aria-labelledby={heading}>
      <h3 id={heading}>{chart.title}</h3>
      <p class="small cache-chart-summary">{chart.summary}</p>
      <div class="cache-chart-picture">
        <Canvas chart={chart} onCursor={onCursor} />
        {isEmpty(chart) && <p class="cache-chart-empty muted small">{words.nothing}</p>}
      </div>
      <Legend chart={chart} cursor={cursor} />
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{words.asTable}</summary>
        {table}
      </details>
    </article>
  );
}

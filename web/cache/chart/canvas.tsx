import { useEffect, useRef, useState } from 'preact/hooks';
import { useLanguage } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import type { Chart } from './chart.ts';
import { useAppearance } from './palette.ts';
import type { Plot } from './plot.ts';

const HEIGHT = 200;
/** What draws could not be loaded: the server is away. */
const RETRY_MS = 5_000;

export interface CanvasProps {
  readonly chart: Chart;
  readonly onCursor: (index: number | undefined) => void;
}

/** The picture of a chart. It has its height from the start; what draws it is loaded when it is there. */
export function Canvas({ chart, onCursor }: CanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const plotted = useRef<Plot | undefined>(undefined);
  const latest = useRef(chart);
  latest.current = chart;
  const figures = useFigures();
  const { timezone } = usePlace();
  const language = useLanguage();
  const appearance = useAppearance();
  const [attempt, setAttempt] = useState(0);
  const shape = `${chart.id} ${language} ${timezone} ${appearance} ${attempt}`;

  useEffect(() => {
    const place = host.current;
    if (place === null) return;
    let isGone = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    const sizes = new ResizeObserver(() => plotted.current?.resize(place.clientWidth));
    const writeTime = (seconds: number, step: number) => figures.axisTime(seconds, step, timezone);
    import('./plot.ts').then(
      ({ plot }) => {
        if (isGone) return;
        const width = place.clientWidth;
        plotted.current = plot(place, latest.current, {
          width,
          height: HEIGHT,
          timezone,
          writeTime,
          onCursor,
        });
        sizes.observe(place);
      },
      () => {
        if (!isGone) again = setTimeout(() => setAttempt((n) => n + 1), RETRY_MS);
      },
    );
    return () => {
      isGone = true;
      clearTimeout(again);
      sizes.disconnect();
      plotted.current?.destroy();
      plotted.current = undefined;
    };
  }, [shape]);
  useEffect(() => plotted.current?.update(chart), [chart]);

  return <div ref={host} class="cache-canvas" aria-hidden="true" />;
}

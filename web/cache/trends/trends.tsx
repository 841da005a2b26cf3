import { useMemo } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { frameWords } from '../../words/cache/frame.ts';
import { glanceWords } from '../../words/cache/glance.ts';
import { trendWords } from '../../words/cache/trends.ts';
import { useWords } from '../../words/language.ts';
import { ChartCard } from '../chart/chart-card.tsx';
import { Choice } from '../frame/choice.tsx';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import { Section } from '../frame/section.tsx';
import { readFault, usePolled } from '../frame/watching.ts';
import type { Trends as TrendsAnswer } from '../wire.ts';
import { trendCharts } from './charts.ts';
import { PERIODS, usePeriod } from './period.ts';
import './trends.css';

/** Each server writes a check a minute. */
const EVERY_MS = 60_000;

/** How the cache has been, on all servers together. */
export function Trends() {
  const words = useWords(trendWords);
  const { trends: title } = useWords(frameWords);
  const { states } = useWords(glanceWords);
  const figures = useFigures();
  const { shop, timezone } = usePlace();
  const [period, setPeriod] = usePeriod();
  const trends = usePolled<TrendsAnswer>(
    `trends ${shop ?? ''} ${period}`,
    (signal) => api.get('/api/v2/cache/monitoring/trends', { query: { shop, hours: period }, signal }),
    EVERY_MS,
  );
  const { value } = trends;
  const charts = useMemo(() => {
    if (value === undefined) return undefined;
    const isWithinDay = value.period_hours <= 24;
    const when = (at: string) => figures[isWithinDay ? 'time' : 'weekdayTime'](at, timezone);
    return trendCharts(value, Date.now(), { words, states, figures, when });
  }, [value, words, states, figures, timezone]);
  return (
    <Section
      id="trends"
      title={title}
      {...(value && { about: words.about(figures.count(value.total_checks)) })}
      aside={
        <Choice
          legend={words.period}
          options={PERIODS}
          labels={words.periods}
          chosen={period}
          onChoose={setPeriod}
        />
      }
    >
      <ErrorNotice error={readFault(trends)} />
      <div class="cache-trends" aria-busy={!trends.current}>
        {charts?.map((chart) => <ChartCard key={chart.id} chart={chart} />) ??
          PERIODS.map((each) => <Skeleton key={each} height="23rem" />)}
      </div>
    </Section>
  );
}

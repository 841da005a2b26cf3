import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { demandWords } from '../../words/cache/demand.ts';
import { frameWords } from '../../words/cache/frame.ts';
import { useWords } from '../../words/language.ts';
import { ChartCard } from '../chart/chart-card.tsx';
import { Choice } from '../frame/choice.tsx';
import { useFigures } from '../frame/figures.ts';
import { usePlace } from '../frame/place.ts';
import { Section } from '../frame/section.tsx';
import { readFault, usePolled } from '../frame/watching.ts';
import type { Forecast } from '../wire.ts';
import { forecastChart } from './forecast-chart.ts';
import { HeatMap } from './heat-map.tsx';
import { Outlook } from './outlook.tsx';
import './demand.css';

/** It is made once an hour; the next warm-up changes with each round. */
const EVERY_MS = 60_000;
const AHEAD = [24, 48] as const;
type Hours = (typeof AHEAD)[number];

/** What the shop's readers ask for, and will. */
export function Demand() {
  const words = useWords(demandWords);
  const { demand: title } = useWords(frameWords);
  const figures = useFigures();
  const { shop, timezone } = usePlace();
  const [hours, setHours] = useState<Hours>(24);
  const forecast = usePolled<Forecast>(
    `forecast ${shop ?? ''} ${hours}`,
    (signal) => api.get('/api/v2/cache/forecast', { query: { shop, hours }, signal }),
    EVERY_MS,
  );
  const { value } = forecast;
  const chart = useMemo(
    () => value && forecastChart(value, { words, figures, timezone }),
    [value, words, figures, timezone],
  );
  return (
    <Section
      id="demand"
      title={title}
      about={words.about}
      aside={
        value?.history_hours ? (
          <Choice
            legend={words.ahead}
            options={AHEAD}
            labels={words.aheads}
            chosen={hours}
            onChoose={setHours}
          />
        ) : undefined
      }
    >
      <ErrorNotice error={readFault(forecast)} />
      {value === undefined || chart === undefined ? (
        <Skeleton height="20rem" />
      ) : value.history_hours === 0 ? (
        <Notice kind="info">
          <p>
            <strong>{words.none}</strong>
          </p>
          <p>{words.noneThen}</p>
        </Notice>
      ) : (
        <>
          <HeatMap forecast={value} />
          <div class="cache-forecast">
            <ChartCard chart={chart} />
            <Outlook forecast={value} />
          </div>
        </>
      )}
    </Section>
  );
}

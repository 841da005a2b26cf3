import type { demandWords } from '../../words/cache/demand.ts';
import type { Chart } from '../chart/chart.ts';
import type { Figures } from '../frame/figures.ts';
import type { Forecast } from '../wire.ts';

export interface Say {
  readonly words: (typeof demandWords)['en'];
  readonly figures: Figures;
  /** IANA */
  readonly timezone: string;
}

/** The last two days, as they were and as they had been predicted, and the hours to come. */
export function forecastChart({ recent, hours }: Forecast, { words, figures, timezone }: Say): Chart {
  const times = [...recent, ...hours].map(({ at }) => Date.parse(at) / 1_000);
  const none = (of: readonly unknown[]) => of.map(() => null);
  const most = hours.reduce<Forecast['hours'][number] | undefined>(
    (best, hour) => (best === undefined || hour.predicted > best.predicted ? hour : best),
    undefined,
  );
  const sum = hours.reduce((total, { predicted }) => total + predicted, 0);
  return {
    id: 'forecast',
    title: words.forecast,
    summary: most
      ? words.forecastSummary(
          figures.count(sum),
          figures.significant(most.predicted),
          figures.weekdayTime(most.at, timezone),
        )
      : '',
    times,
    range: [times[0] ?? 0, times.at(-1) ?? 1],
    scale: 'zero',
    write: figures.significant,
    group: 'forecast',
    lines: [
      {
        label: words.actual,
        colour: '--data-1',
        shape: 'area',
        values: [...recent.map(({ actual }) => actual), ...none(hours)],
      },
      {
        label: words.predicted,
        colour: '--data-2',
        shape: 'dashed',
        values: [...recent.map(({ predicted }) => predicted), ...none(hours)],
      },
      {
        label: words.coming,
        colour: '--data-3',
        shape: 'line',
        values: [...none(recent), ...hours.map(({ predicted }) => predicted)],
      },
    ],
  };
}

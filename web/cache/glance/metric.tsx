import { glanceWords } from '../../words/cache/glance.ts';
import { metricWords } from '../../words/cache/metrics.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useFigures } from '../frame/figures.ts';
import type { Metric } from '../wire.ts';
import { StatusPill } from './status.tsx';

/** One thing that was measured: how much, how much it may be, and what that means. */
export function MetricCard({ metric }: { readonly metric: Metric }) {
  const words = useWords(glanceWords);
  const about = useWords(metricWords)[metric.name];
  const language = useLanguage();
  const { measured, percent } = useFigures();
  const { name, value, threshold, unit, limit, status } = metric;
  const bound = threshold === null ? undefined : measured(threshold, unit);
  const ofLimit =
    limit === 'most' && value !== null && threshold !== null && threshold > 1 && value <= threshold
      ? words.ofLimit(percent((100 * value) / threshold, 0))
      : undefined;
  const isOurs = language !== 'en' && status === 'healthy';
  return (
    <li class={`cache-metric card ${status}`}>
      <div class="row spread">
        <h4>{about?.name ?? name}</h4>
        <StatusPill status={status} />
      </div>
      <p class="muted small">{about?.means}</p>
      <p class="cache-metric-value number">
        <strong>{value === null ? words.notKnown : measured(value, unit)}</strong>
        {bound !== undefined && (
          <span class="muted small">
            {limit === 'least' ? words.atLeast(bound) : words.below(bound)}
            {ofLimit !== undefined && ` · ${ofLimit}`}
          </span>
        )}
      </p>
      <Gauge metric={metric} />
      <p class="small cache-metric-message" lang={isOurs || language === 'en' ? undefined : 'en'}>
        {isOurs ? words.fine : metric.message}
      </p>
    </li>
  );
}

/** What the text beside it says, to the eye: how long the bar is, and where the threshold. */
function Gauge({ metric: { value, threshold, unit, limit, status } }: { readonly metric: Metric }) {
  const end = endOf(value, threshold, unit, limit);
  const share = (part: number | null) => `${end === 0 ? 0 : Math.min(100, (100 * (part ?? 0)) / end)}%`;
  return (
    <div class={`cache-gauge ${status}`} aria-hidden="true">
      <span class="cache-gauge-fill" style={{ width: share(value) }} />
      {threshold !== null && <span class="cache-gauge-mark" style={{ left: share(threshold) }} />}
    </div>
  );
}

/** Per cents that should be reached end at 100; what should stay small a quarter beyond its limit. */
function endOf(value: number | null, threshold: number | null, unit: string, limit: Metric['limit']): number {
  if (unit === '%' && limit === 'least') return 100;
  return Math.max((threshold ?? 0) * 1.25, value ?? 0);
}

import { api } from '../../api/client.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { glanceWords } from '../../words/cache/glance.ts';
import { metricWords } from '../../words/cache/metrics.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { usePlace } from '../frame/place.ts';
import { readFault, usePolled } from '../frame/watching.ts';
import type { Health, Stats } from '../wire.ts';
import { Counted } from './counted.tsx';
import { MetricCard } from './metric.tsx';
import { advised, troubles } from './pressing.ts';
import { StatusIcon } from './status.tsx';
import './glance.css';

/** A check takes milliseconds, and what it finds is at most that old. */
const EVERY_MS = 5_000;

export interface GlanceProps {
  readonly health: ReturnType<typeof useHealth>;
}

/** How the cache is, asked every few seconds. */
export function useHealth(shop: string | undefined) {
  return usePolled<Health>(
    `health ${shop ?? ''}`,
    (signal) => api.get('/api/v2/cache/health', { query: { shop }, signal }),
    EVERY_MS,
  );
}

/** How the cache is: in a word, what to do first, and everything that was measured. */
export function Glance({ health }: GlanceProps) {
  const words = useWords(glanceWords);
  const { shop } = usePlace();
  const stats = usePolled<Stats>(
    `stats ${shop ?? ''}`,
    (signal) => api.get('/api/v2/cache/stats', { query: { shop }, signal }),
    EVERY_MS,
  );
  return (
    <div class="stack">
      <ErrorNotice error={readFault(health) ?? readFault(stats)} />
      {health.value === undefined ? (
        <Skeleton height="8rem" />
      ) : (
        <State health={health.value} stats={stats.value} />
      )}
      {stats.value === undefined ? <Skeleton height="6rem" /> : <Counted stats={stats.value} />}
      <h3>{words.metrics}</h3>
      {health.value === undefined ? (
        <Skeleton height="11rem" lines={4} />
      ) : (
        <ul class="plain cache-metrics">
          {health.value.metrics.map((metric) => (
            <MetricCard key={metric.name} metric={metric} />
          ))}
        </ul>
      )}
    </div>
  );
}

function State({ health, stats }: { readonly health: Health; readonly stats: Stats | undefined }) {
  const words = useWords(glanceWords);
  const catalogue = useWords(metricWords);
  const language = useLanguage();
  const [first, ...others] = advised(health, catalogue, language);
  const affected = troubles(health).map(({ name }) => catalogue[name]?.name ?? name);
  const healthy = health.metrics.filter(({ status }) => status === 'healthy').length;
  const isTranslated = language !== 'en' && first?.lang === undefined && health.recommendations.length > 0;
  return (
    <div class={`cache-state card ${health.status}`}>
      <StatusIcon status={health.status} />
      <div class="cache-state-words">
        {/* Read out when it changes, not with each refresh: the text is then the same. */}
        <p role="status">
          <strong class="cache-state-word">{words.states[health.status]}</strong>
          <span>{words.verdicts[health.status]}</span>
          {affected.length > 0 && <span class="muted">{words.affected(affected.join(' · '))}</span>}
        </p>
        <p class="muted small">{words.found(healthy, health.metrics.length)}</p>
        {first && (
          <div class="cache-state-advice">
            <h3>{words.doFirst}</h3>
            <p lang={first.lang}>{first.text}</p>
            {others.length > 0 && (
              <>
                <h4>{words.thenDo}</h4>
                <ul>
                  {others.map(({ text, lang }) => (
                    <li key={text} lang={lang}>
                      {text}
                    </li>
                  ))}
                </ul>
              </>
            )}
            {isTranslated && (
              <details>
                <summary>{words.inEnglish}</summary>
                <ul lang="en">
                  {health.recommendations.map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              </details>
            )}
          </div>
        )}
      </div>
      <dl class="cache-state-place small">
        <div>
          <dt class="muted">{words.instance}</dt>
          <dd>{health.instance}</dd>
        </div>
        <div>
          <dt class="muted">{words.where}</dt>
          <dd>{stats ? (stats.tiers.redis === null ? words.inProcess : words.inRedis) : words.none}</dd>
        </div>
      </dl>
    </div>
  );
}

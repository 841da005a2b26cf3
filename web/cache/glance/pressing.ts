import type { MetricWords } from '../../words/cache/metrics.ts';
import type { Health, Metric, Status } from '../wire.ts';

/** What is to be done, in words of ours or of the server. */
export interface Advised {
  readonly text: string;
  /** `en` where only the server's own sentence is there. */
  readonly lang: 'en' | undefined;
}

const ORDER: readonly Status[] = ['critical', 'warning'];

/** The metrics that want to be looked at, the worst first. */
export function troubles({ metrics }: Health): Metric[] {
  return ORDER.flatMap((wanted) => metrics.filter(({ status }) => status === wanted));
}

/** The most pressing first: the server's own where the page is in English, else what the catalogue has. */
export function advised(
  health: Health,
  catalogue: Readonly<Record<string, MetricWords>>,
  language: string,
): Advised[] {
  if (language === 'en') return health.recommendations.map((text) => ({ text, lang: undefined }));
  const own = troubles(health).flatMap(({ name, status }) => {
    const advice = catalogue[name]?.advice;
    if (advice === undefined || (status !== 'warning' && status !== 'critical')) return [];
    return advice[status];
  });
  if (own.length > 0) return [...new Set(own)].map((text) => ({ text, lang: undefined }));
  return health.recommendations.map((text) => ({ text, lang: 'en' }));
}

import { Histogram } from 'prom-client';
import { KIND_NAMES, type KindName } from '../loading/watcher.ts';
import { BOUNDS, type Distribution, noDistribution, scaled } from './distribution.ts';

/**
 * How a read was answered: out of the process, with the help of the store between processes, out of the process after
 * Postgres had confirmed it (a strong read), or with something that had to be loaded or waited for.
 */
export const ANSWERED = ['process', 'shared', 'verified', 'miss'] as const;
export type Answered = (typeof ANSWERED)[number];

/**
 * Of the reads out of the process, which take less than a microsecond, one in so many is timed: to look at the clock
 * twice costs a third of one. A prime, so as not to keep step with a page that always reads the same few things.
 */
export const SAMPLE_EVERY = 1_021;

/** How long reads took, one or many values each, by kind of data and by how they were answered. */
export interface ReadTimes {
  /** In seconds, for a registry; of `process` the sample alone is in it. */
  readonly histogram: Histogram<'kind' | 'answered'>;
  /** Adds a read that took so many milliseconds. */
  observe(kind: KindName, answered: Answered, ms: number): void;
  /** All so far; what is a sample stands for all that it was taken from. */
  read(): Promise<Readonly<Record<KindName, Readonly<Record<Answered, Distribution>>>>>;
}

export function createReadTimes(): ReadTimes {
  const histogram = new Histogram({
    name: 'freshchair_cache_read_seconds',
    help: `Reads of the cache by how they were answered; of those out of the process one in ${SAMPLE_EVERY}`,
    labelNames: ['kind', 'answered'],
    buckets: [...BOUNDS],
    registers: [],
  });
  return {
    histogram,
    observe: (kind, answered, ms) => histogram.observe({ kind, answered }, Math.max(0, ms) / 1_000),
    async read() {
      const of = () => ({
        process: noDistribution(),
        shared: noDistribution(),
        verified: noDistribution(),
        miss: noDistribution(),
      });
      const times: Record<KindName, Record<Answered, Distribution>> = {
        days: of(),
        schedules: of(),
        rules: of(),
      };
      const { values } = await histogram.get();
      for (const kind of KIND_NAMES) {
        for (const answered of ANSWERED) {
          const mine = values.filter(({ labels }) => labels.kind === kind && labels.answered === answered);
          const distribution = distributionOf(mine);
          times[kind][answered] = answered === 'process' ? scaled(distribution, SAMPLE_EVERY) : distribution;
        }
      }
      return times;
    },
  };
}

type Values = Awaited<ReturnType<Histogram<'kind' | 'answered'>['get']>>['values'];

/** prom-client counts each bucket with all below it. */
function distributionOf(values: Values): Distribution {
  let [below, sum, count] = [0, 0, 0];
  const counts: number[] = [];
  for (const { metricName, value } of values) {
    if (metricName?.endsWith('_bucket')) {
      counts.push(value - below);
      below = value;
    } else if (metricName?.endsWith('_sum')) sum = value * 1_000;
    else count = value;
  }
  return counts.length === 0 ? noDistribution() : { counts, sum, count };
}

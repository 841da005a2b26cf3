import { Counter, Gauge, type Registry } from 'prom-client';
import type { CachedSource } from '../../availability/cached-source.ts';
import type { KindReport } from '../../availability/counting/report.ts';
import { MISS_CAUSES } from '../../availability/counting/stats.ts';
import { KIND_NAMES, type KindName } from '../../availability/loading/watcher.ts';

/** What became of values that were missed. */
const OUTCOMES = ['loaded', 'joined', 'waits', 'degraded', 'failed'] as const;

interface Measured {
  readonly source: Pick<CachedSource, 'stats' | 'times'>;
  /** Whether this instance sees what others change. */
  readonly following: () => boolean;
  /** Whether Redis can be used; undefined where there is none. */
  readonly redisAvailable: (() => boolean) | undefined;
}

/** The statistics of the cache: they are counted by the cache itself, and copied when somebody asks. */
export function registerCacheMetrics(
  registry: Registry,
  { source, following, redisAvailable }: Measured,
): void {
  const tiers = redisAvailable === undefined ? (['process'] as const) : (['process', 'shared'] as const);
  const registers = [registry];

  function counter<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    values: (report: KindReport, kind: KindName) => readonly (readonly [Record<L, string>, number])[],
  ): void {
    new Counter({
      name: `freshchair_cache_${name}_total`,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        const stats = source.stats();
        for (const kind of KIND_NAMES)
          for (const [labels, value] of values(stats[kind], kind)) this.inc(labels, value);
      },
    });
  }

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `freshchair_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }

  function gaugeOfKinds(name: string, help: string, read: (report: KindReport) => number | null): void {
    new Gauge({
      name: `freshchair_cache_${name}`,
      help,
      labelNames: ['kind'],
      registers,
      collect() {
        this.reset();
        const stats = source.stats();
        for (const kind of KIND_NAMES) this.set({ kind }, read(stats[kind]) ?? Number.NaN);
      },
    });
  }

  counter('hits', 'Values that readers found, by tier', ['kind', 'tier'], (report, kind) =>
    tiers.map((tier) => [{ kind, tier }, report[tier].hits]),
  );
  counter(
    'misses',
    'Values that readers missed in a tier, by cause',
    ['kind', 'tier', 'cause'],
    (report, kind) =>
      tiers.flatMap((tier) =>
        MISS_CAUSES.map((cause) => [{ kind, tier, cause }, report[tier].misses[cause]]),
      ),
  );
  counter(
    'missed_values',
    'Values that were in no tier, by what became of them',
    ['kind', 'outcome'],
    (report, kind) => OUTCOMES.map((outcome) => [{ kind, outcome }, report[outcome]]),
  );
  counter(
    'superseded',
    'Loaded values that met something newer in a tier',
    ['kind', 'tier'],
    (report, kind) => tiers.map((tier) => [{ kind, tier }, report[tier].superseded]),
  );
  counter('loads', 'Loads from Postgres, of many values each', ['kind'], ({ loads }, kind) => [
    [{ kind }, loads],
  ]);
  counter('warmed', 'Values that warm-ups fetched', ['kind'], ({ warmed }, kind) => [[{ kind }, warmed]]);
  gaugeOfKinds('entries', 'Values in the process', ({ entries }) => entries);
  gaugeOfKinds('bytes', 'What they take, about', ({ bytes }) => bytes);
  registry.registerMetric(source.times.histogram);
  gauge('known_versions', 'Versions known to have changed lately', () => source.stats().knownVersions);
  gauge('feed_following', '1 while the changes of others are seen', () => Number(following()));
  if (redisAvailable !== undefined)
    gauge('redis_available', '1 while Redis can be used', () => Number(redisAvailable()));
}

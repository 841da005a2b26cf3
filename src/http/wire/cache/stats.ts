import { Type } from 'typebox';
import type { CachedSourceStats } from '../../../availability/cached-source.ts';
import { added, type Distribution, summaryOf } from '../../../availability/counting/distribution.ts';
import {
  hitTimes,
  type KindReport,
  type Totals,
  tierTotalsOf,
  timeSaved,
  totalsOf,
} from '../../../availability/counting/report.ts';
import type { TierStats } from '../../../availability/counting/stats.ts';
import type { Answered } from '../../../availability/counting/times.ts';
import { KIND_NAMES, type KindName } from '../../../availability/loading/watcher.ts';
import { Count, Instant, MissesByCause, NumberOrNull, wireCauses } from './figures.ts';

type Times = Readonly<Record<Answered, Distribution>>;

const MaybeCount = Type.Union([Count, Type.Null()]);
const HitRate = Type.Union([Type.Number(), Type.Null()], {
  description: 'Per cent of the values read; null before the first',
});
const TOTALS = { hit_rate: HitRate, hits: Count, misses: Count };
const Latency = Type.Object(
  {
    count: Count,
    mean: NumberOrNull,
    p50: NumberOrNull,
    p95: NumberOrNull,
    p99: NumberOrNull,
  },
  { description: 'Reads of one or many values each, in milliseconds' },
);
const Latencies = Type.Object({ hit: Latency, miss: Latency });
const Tier = Type.Object({
  ...TOTALS,
  misses_by_cause: MissesByCause,
  superseded: Type.Integer({ minimum: 0, description: 'Loaded values that met something newer there' }),
  entries: MaybeCount,
  bytes: MaybeCount,
  average_bytes: Type.Union([Type.Number(), Type.Null()], {
    description: 'Of a value alone, by a sample; null before the first',
  }),
});
const Tiers = Type.Object({
  process: Tier,
  redis: Type.Union([Tier, Type.Null()], { description: 'Null where each process has a cache of its own' }),
});
const Kind = Type.Object({
  lifetime_seconds: Type.Number(),
  ...TOTALS,
  misses_by_cause: MissesByCause,
  loads: Type.Integer({ minimum: 0, description: 'Calls of Postgres, for many values each' }),
  loaded: Type.Integer({ minimum: 0, description: 'Missed values that were loaded for the very read' }),
  joined: Type.Integer({ minimum: 0, description: 'Those that another read of this process was fetching' }),
  waits: Type.Integer({ minimum: 0, description: 'Those that another process was loading' }),
  degraded: Type.Integer({ minimum: 0, description: 'Those answered with the last one known' }),
  failed: Type.Integer({ minimum: 0, description: 'Those of reads that failed' }),
  superseded: Count,
  warmed: Type.Integer({ minimum: 0, description: 'Values that warm-ups fetched' }),
  entries: Count,
  bytes: MaybeCount,
  latency_ms: Latencies,
  tiers: Tiers,
});

export const CacheStatsAnswer = Type.Object({
  cache_available: Type.Boolean(),
  timestamp: Instant,
  instance: Type.String({ description: 'Which server answers: each counts for itself' }),
  uptime_seconds: Type.Number({ description: 'For how long it has counted' }),
  cache_stats: Type.Object({
    ...TOTALS,
    time_saved_ms: Type.Number({ description: 'That readers did not wait, estimated' }),
  }),
  misses_by_cause: MissesByCause,
  latency_ms: Latencies,
  tiers: Tiers,
  kinds: Type.Object({ days: Kind, schedules: Kind, rules: Kind }),
  known_versions: Count,
});

/** What became of all reads since the start, over both tiers, in each, and of each kind of data. */
export function wireCacheStats(
  stats: CachedSourceStats,
  times: Readonly<Record<KindName, Times>>,
  isShared: boolean,
) {
  const reports = KIND_NAMES.map((kind) => stats[kind]);
  const { missesByCause, ...all } = wireTotals(totalsOf(reports));
  const saved = KIND_NAMES.reduce((sum, kind) => sum + timeSaved(stats[kind], times[kind]), 0);
  return {
    uptime_seconds: Math.round(stats.uptimeMs / 1_000),
    cache_stats: { ...all, time_saved_ms: Math.round(saved) },
    misses_by_cause: missesByCause,
    latency_ms: wireTimes(KIND_NAMES.map((kind) => times[kind])),
    tiers: wireTiers(reports, isShared),
    kinds: {
      days: wireKind(stats.days, times.days, isShared),
      schedules: wireKind(stats.schedules, times.schedules, isShared),
      rules: wireKind(stats.rules, times.rules, isShared),
    },
    known_versions: stats.knownVersions,
  };
}

function wireKind(report: KindReport, times: Times, isShared: boolean) {
  const { missesByCause, ...totals } = wireTotals(totalsOf([report]));
  const { loads, loaded, joined, waits, degraded, failed, warmed, entries, bytes } = report;
  return {
    lifetime_seconds: report.lifetimeSeconds,
    ...totals,
    misses_by_cause: missesByCause,
    ...{ loads, loaded, joined, waits, degraded, failed, warmed, entries, bytes },
    superseded: report.process.superseded,
    latency_ms: wireTimes([times]),
    tiers: wireTiers([report], isShared),
  };
}

function wireTiers(reports: readonly KindReport[], isShared: boolean) {
  const [only] = reports.length === 1 ? reports : [];
  const entries = reports.reduce((sum, report) => sum + report.entries, 0);
  const bytes = reports.reduce((sum, report) => sum + (report.bytes ?? 0), 0);
  const isMeasured = reports.some((report) => report.bytes !== null);
  return {
    process: {
      ...wireTier(reports.map(({ process }) => process)),
      entries,
      bytes: isMeasured ? bytes : null,
      average_bytes: isMeasured && entries > 0 ? bytes / entries : null,
    },
    redis: isShared
      ? {
          ...wireTier(reports.map(({ shared }) => shared)),
          ...{ entries: null, bytes: null, average_bytes: only?.sharedValueBytes ?? null },
        }
      : null,
  };
}

function wireTier(tiers: readonly TierStats[]) {
  const { missesByCause, ...totals } = wireTotals(tierTotalsOf(tiers));
  const superseded = tiers.reduce((sum, tier) => sum + tier.superseded, 0);
  return { ...totals, misses_by_cause: missesByCause, superseded };
}

function wireTotals({ hitRate, hits, misses, missesByCause }: Totals) {
  return { hit_rate: hitRate, hits, misses, missesByCause: wireCauses(missesByCause) };
}

function wireTimes(all: readonly Times[]) {
  return {
    hit: summaryOf(added(...all.map(hitTimes))),
    miss: summaryOf(added(...all.map(({ miss }) => miss))),
  };
}

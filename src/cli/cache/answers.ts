/** What the routes of the cache answer, as far as it is shown; the schemas in http/wire/cache say all of it. */

export type Level = 'healthy' | 'warning' | 'critical' | 'unknown';

export interface HealthAnswer {
  readonly status: Level;
  readonly timestamp: string;
  readonly duration_ms: number;
  readonly instance: string;
  readonly metrics: readonly {
    readonly name: string;
    readonly value: number | null;
    readonly unit: string;
    readonly status: Level;
    readonly threshold: number | null;
    readonly message: string;
  }[];
  readonly summary: string;
  readonly recommendations: readonly string[];
}

export type MissesByCause = Readonly<
  Record<'cold' | 'expired' | 'too_old' | 'evicted' | 'undecodable' | 'not_following' | 'away', number>
>;

interface Totals {
  /** Per cent. */
  readonly hit_rate: number | null;
  readonly hits: number;
  readonly misses: number;
}

interface Latency {
  readonly count: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

interface Tier extends Totals {
  readonly entries: number | null;
  readonly bytes: number | null;
}

interface Kind extends Tier {
  readonly lifetime_seconds: number;
  readonly loads: number;
  readonly waits: number;
  readonly warmed: number;
}

export interface StatsAnswer {
  readonly cache_available: boolean;
  readonly timestamp: string;
  readonly instance: string;
  readonly uptime_seconds: number;
  readonly cache_stats: Totals & { readonly time_saved_ms: number };
  readonly misses_by_cause: MissesByCause;
  readonly latency_ms: { readonly hit: Latency; readonly miss: Latency };
  readonly tiers: { readonly process: Tier; readonly redis: Tier | null };
  readonly kinds: Readonly<Record<'days' | 'schedules' | 'rules', Kind>>;
  readonly known_versions: number;
}

interface Percentiles {
  readonly p50: number | null;
  readonly p99: number | null;
}

export interface TrendPoint {
  readonly at: string;
  readonly checks: number;
  readonly status: Level;
  readonly hit_rate: number | null;
  readonly hits: number;
  readonly misses: number;
  readonly loads: number | null;
  readonly response_time_ms: number | null;
  readonly hit_ms: Percentiles;
  readonly miss_ms: Percentiles;
  readonly memory_mb: number | null;
  readonly connected_clients: number | null;
  readonly error_rate: number | null;
  readonly invalidation_lag_ms: number | null;
}

export interface TrendsAnswer {
  readonly period_hours: number;
  readonly total_checks: number;
  readonly status_distribution: Readonly<Record<Level, number>>;
  readonly average_response_time_ms: number | null;
  readonly uptime_percentage: number | null;
  readonly instances: readonly string[] | number;
  readonly resolution_minutes: number;
  readonly points: readonly TrendPoint[];
}

export interface WarmUpStats {
  readonly days: number;
  readonly barbers: number;
  readonly cached: number;
  readonly already_fresh: number;
  readonly errors: number;
  readonly duration_ms: number;
}

export interface WarmUpAnswer {
  readonly id: number;
  readonly status: 'running' | 'done' | 'failed';
  readonly progress?: { readonly done: number; readonly total: number };
  readonly stats?: WarmUpStats | null;
  readonly message?: string | null;
}

export interface InvalidationAnswer {
  readonly message: string;
  readonly invalidated_keys: number;
}

export interface ForecastAnswer {
  readonly timestamp: string;
  readonly method: string;
  readonly history_hours: number;
  /** Per cent of all reads, but for `mean_absolute`. */
  readonly error: {
    readonly mean_absolute: number | null;
    readonly wape: number | null;
    readonly naive_wape: number | null;
  };
  readonly hours: readonly { readonly at: string; readonly predicted: number }[];
  readonly recent: readonly { readonly at: string; readonly predicted: number; readonly actual: number }[];
  /** At the shop; 1 = Monday. */
  readonly peak_hours: readonly { readonly weekday: number; readonly hour: number; readonly reads: number }[];
  readonly days_ahead: readonly { readonly days_ahead: number; readonly share: number }[];
  readonly next_warm_up: {
    readonly at: string;
    readonly days: number;
    readonly barbers: number;
    readonly loads: number;
    readonly saved_reads: number;
  } | null;
}

export type SettingName = 'available_slots_ttl' | 'barber_availability_ttl' | 'business_hours_ttl';

export interface AdviceAnswer {
  readonly timestamp: string;
  readonly sampled_keys: number;
  readonly kinds: readonly {
    readonly kind: string;
    readonly lifetime_seconds: number;
    readonly setting: SettingName;
    readonly hit_rate: number | null;
    readonly options: readonly {
      readonly factor: number;
      readonly lifetime_seconds: number;
      readonly hit_rate: number | null;
      readonly memory_bytes: number;
    }[];
    readonly recommendation: { readonly lifetime_seconds: number | null; readonly reason: string };
  }[];
}

export type SettingsAnswer = Readonly<
  Record<
    SettingName,
    { readonly value: number; readonly default: number; readonly updated_at: string | null }
  >
>;

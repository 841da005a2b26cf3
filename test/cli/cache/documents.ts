import type {
  AdviceAnswer,
  ForecastAnswer,
  HealthAnswer,
  InvalidationAnswer,
  MissesByCause,
  SettingsAnswer,
  StatsAnswer,
  TrendPoint,
  TrendsAnswer,
  WarmUpJob,
} from '../../../src/cli/cache/answers.ts';

/** What a server with some traffic behind it answers. */

const NOW = '2026-11-25T13:40:12.000Z';
const HOUR_MS = 3_600_000;
const at = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

export const HEALTH: HealthAnswer = {
  status: 'warning',
  timestamp: NOW,
  duration_ms: 12.4,
  instance: 'web-1:4711',
  metrics: [
    metric('availability', 100, '%', 100, 'healthy', 'The cache could be used all the time.'),
    metric('response_time_ms', 0.41, 'ms', 100, 'healthy', 'Redis answers quickly.'),
    metric('memory_usage_mb', 441, 'MB', 512, 'warning', 'Redis has used 86 % of its maxmemory.'),
    metric('connected_clients', 12, '', 100, 'healthy', 'There is room for more clients.'),
    metric('hit_rate', 97.86, '%', 70, 'healthy', 'Most values were there.'),
    metric('drift', null, '', 0, 'unknown', 'The auditor has not looked yet.'),
  ],
  summary: 'The cache works, and one thing wants attention.',
  recommendations: [
    'Redis refuses writes when its memory is full: run CONFIG SET maxmemory-policy allkeys-lru, and set it in redis.conf.',
  ],
};

function metric(
  name: string,
  value: number | null,
  unit: string,
  threshold: number,
  status: HealthAnswer['status'],
  message: string,
) {
  return { name, value, unit, threshold, limit: 'most' as const, status, message };
}

const NO_MISSES = {
  cold: 0,
  expired: 0,
  too_old: 0,
  evicted: 0,
  undecodable: 0,
  not_following: 0,
  away: 0,
};

const MISSES: MissesByCause = { ...NO_MISSES, cold: 14_200, expired: 8_130, too_old: 4_100 };
const LATENCY = {
  hit: { count: 90_120, mean: 0.021, p50: 0.012, p95: 0.06, p99: 0.4 },
  miss: { count: 8_214, mean: 4.2, p50: 3.1, p95: 9.6, p99: 31 },
};
const TIER = { misses_by_cause: MISSES, superseded: 2, average_bytes: 150 };
const TIERS = {
  process: { ...TIER, hit_rate: 93.1, hits: 1_149_600, misses: 85_241, entries: 3_120, bytes: 512_000 },
  redis: { ...TIER, hit_rate: 69, hits: 58_811, misses: 26_430, entries: null, bytes: null },
};
const KIND = {
  misses_by_cause: MISSES,
  ...{
    loads: 312,
    loaded: 25_900,
    joined: 520,
    waits: 4,
    degraded: 6,
    failed: 0,
    superseded: 2,
    warmed: 900,
  },
  ...{ entries: 2_400, bytes: 361_000 },
  latency_ms: LATENCY,
  tiers: TIERS,
};

export const STATS: StatsAnswer = {
  cache_available: true,
  timestamp: NOW,
  instance: 'web-1:4711',
  uptime_seconds: 11_520,
  cache_stats: { hit_rate: 97.86, hits: 1_208_411, misses: 26_430, time_saved_ms: 184_220 },
  misses_by_cause: MISSES,
  latency_ms: LATENCY,
  tiers: TIERS,
  kinds: {
    days: { ...KIND, lifetime_seconds: 300, hit_rate: 97.1, hits: 1_000_000, misses: 26_000 },
    schedules: { ...KIND, lifetime_seconds: 3_600, hit_rate: 99.7, hits: 108_411, misses: 330 },
    rules: { ...KIND, lifetime_seconds: 86_400, hit_rate: 99.9, hits: 100_000, misses: 100 },
  },
  known_versions: 412,
};

const POINTS: TrendPoint[] = Array.from({ length: 288 }, (_, i) => {
  const wave = (1 + Math.sin(i / 30)) / 2;
  const isAway = i >= 100 && i < 110;
  return {
    at: at(5 * (i - 288)),
    checks: isAway ? 0 : 10,
    status: isAway ? 'critical' : 'healthy',
    hit_rate: isAway ? null : 80 + 18 * wave,
    hits: isAway ? 0 : Math.round(9_000 * wave),
    misses: isAway ? 0 : Math.round(200 * (1 - wave)),
    misses_by_cause: NO_MISSES,
    loads: isAway ? 0 : Math.round(40 * (1 - wave)),
    response_time_ms: isAway ? null : 0.3 + wave / 2,
    hit_ms: { p50: 0.01, p99: isAway ? null : 0.2 + wave },
    miss_ms: { p50: 3, p99: isAway ? null : 12 + 9 * wave },
    memory_mb: isAway ? null : 120 + i / 10,
    connected_clients: isAway ? null : 12,
    error_rate: isAway ? 100 : 0,
    invalidation_lag_ms: isAway ? null : 2.4,
  };
});

export const TRENDS: TrendsAnswer = {
  period_hours: 24,
  total_checks: 2_780,
  status_distribution: { healthy: 2_700, warning: 30, critical: 50, unknown: 0 },
  average_response_time_ms: 0.52,
  uptime_percentage: 98.2,
  latest_check: null,
  instances: ['web-1:4711', 'web-2:4712'],
  resolution_minutes: 5,
  points: POINTS,
};

export const WARM_UP: WarmUpJob = {
  id: 17,
  status: 'done',
  start_date: '2026-11-25',
  end_date: '2026-12-01',
  barber_ids: null,
  progress: { done: 350, total: 350, percent: 100 },
  stats: { days: 7, barbers: 50, cached: 310, already_fresh: 40, errors: 0, duration_ms: 820 },
  failure: null,
  created_at: NOW,
  finished_at: NOW,
};

export const WARMING_UP: WarmUpJob = {
  ...WARM_UP,
  status: 'running',
  progress: { done: 70, total: 350, percent: 20 },
  finished_at: null,
};

export const INVALIDATION: InvalidationAnswer = {
  message: 'Every day of every barber is loaded anew.',
  invalidated_keys: 4_550,
};

const hourAt = (hours: number) =>
  new Date(Math.floor(Date.parse(NOW) / HOUR_MS + hours) * HOUR_MS).toISOString();
const readsAt = (hour: number) => Math.round(1_200 * Math.max(0, Math.sin(((hour % 24) - 6) / 4.6)));

export const FORECAST: ForecastAnswer = {
  timestamp: NOW,
  method: 'season of a week × smoothed level',
  history_hours: 672,
  error: { mean_absolute: 41, wape: 11.3, naive_wape: 19.8 },
  hours: Array.from({ length: 24 }, (_, i) => ({ at: hourAt(i), predicted: readsAt(13 + i), actual: null })),
  recent: Array.from({ length: 48 }, (_, i) => ({
    at: hourAt(i - 48),
    predicted: readsAt(13 + i),
    actual: Math.round(1.1 * readsAt(13 + i)),
  })),
  peak_hours: Array.from({ length: 168 }, (_, i) => ({
    weekday: Math.floor(i / 24) + 1,
    hour: i % 24,
    reads: readsAt(i) * (i >= 96 && i < 144 ? 1 : 0.6),
  })),
  days_ahead: [0.31, 0.24, 0.13, 0.09, 0.06, 0.04, 0.03, 0.1].map((share, i) => ({ days_ahead: i, share })),
  next_warm_up: { at: hourAt(1), days: 3, barbers: 50, loads: 2, saved_reads: 812 },
};

export const ADVICE: AdviceAnswer = {
  timestamp: NOW,
  sampled_keys: 512,
  kinds: [
    {
      kind: 'days',
      lifetime_seconds: 300,
      setting: 'available_slots_ttl',
      hit_rate: 97.1,
      misses_by_cause: MISSES,
      ...{ sampled_keys: 480, sampled_reads: 90_000 },
      options: [
        { factor: 0.5, lifetime_seconds: 150, hit_rate: 94.2, memory_bytes: 201_000 },
        { factor: 1, lifetime_seconds: 300, hit_rate: 97.1, memory_bytes: 361_000 },
        { factor: 2, lifetime_seconds: 600, hit_rate: 98.6, memory_bytes: 590_000 },
        { factor: 4, lifetime_seconds: 1_200, hit_rate: 98.9, memory_bytes: 830_000 },
      ],
      recommendation: {
        lifetime_seconds: 600,
        reason: 'Twice the lifetime saves half of the misses for 229 kB; more saves little.',
      },
    },
    {
      kind: 'rules',
      lifetime_seconds: 86_400,
      setting: 'business_hours_ttl',
      hit_rate: 99.9,
      misses_by_cause: NO_MISSES,
      ...{ sampled_keys: 1, sampled_reads: 4_000 },
      options: [{ factor: 1, lifetime_seconds: 86_400, hit_rate: 99.9, memory_bytes: 2_000 }],
      recommendation: { lifetime_seconds: null, reason: 'It is as long as it may be: leave it as it is.' },
    },
  ],
};

export const SETTINGS: SettingsAnswer = {
  available_slots_ttl: { value: 600, default: 300, updated_at: '2026-11-25T12:00:00.000Z' },
  barber_availability_ttl: { value: 3_600, default: 3_600, updated_at: null },
  business_hours_ttl: { value: 86_400, default: 86_400, updated_at: null },
};

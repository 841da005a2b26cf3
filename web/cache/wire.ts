/** What the routes under /api/v2/cache answer. Types alone. */
import type { Static } from 'typebox';
import type { AdviceAnswer } from '../../src/http/wire/cache/advice.ts';
import type { ForecastAnswer } from '../../src/http/wire/cache/forecast.ts';
import type { CacheHealthAnswer } from '../../src/http/wire/cache/health.ts';
import type { InvalidationAnswer } from '../../src/http/wire/cache/invalidation.ts';
import type { KeysAnswer } from '../../src/http/wire/cache/monitoring/keys.ts';
import type { TrendsAnswer } from '../../src/http/wire/cache/monitoring/trends.ts';
import type { SettingsAnswer } from '../../src/http/wire/cache/settings.ts';
import type { CacheStatsAnswer } from '../../src/http/wire/cache/stats.ts';
import type { PreloadAnswer, WarmUpJob as WarmUpJobAnswer } from '../../src/http/wire/cache/warm-up.ts';

export type Health = Static<typeof CacheHealthAnswer>;
export type Metric = Health['metrics'][number];
export type Status = Health['status'];
export type Stats = Static<typeof CacheStatsAnswer>;
export type Trends = Static<typeof TrendsAnswer>;
export type TrendPoint = Trends['points'][number];
export type MissCause = keyof TrendPoint['misses_by_cause'];
export type Forecast = Static<typeof ForecastAnswer>;
export type WarmUpJob = Static<typeof WarmUpJobAnswer>;
export type Preloaded = Static<typeof PreloadAnswer>;
export type Invalidated = Static<typeof InvalidationAnswer>;
export type Settings = Static<typeof SettingsAnswer>;
export type SettingName = keyof Settings;
export type Advice = Static<typeof AdviceAnswer>;
export type KindAdvice = Advice['kinds'][number];
export type Keys = Static<typeof KeysAnswer>;

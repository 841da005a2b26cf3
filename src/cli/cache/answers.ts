/** What the routes of the cache answer. Types alone: the schemas themselves are not loaded. */
import type { Static } from 'typebox';
import type { AdviceAnswer as Advice } from '../../http/wire/cache/advice.ts';
import type { ForecastAnswer as Forecast } from '../../http/wire/cache/forecast.ts';
import type { CacheHealthAnswer } from '../../http/wire/cache/health.ts';
import type { InvalidationAnswer as Invalidation } from '../../http/wire/cache/invalidation.ts';
import type { TrendsAnswer as Trends } from '../../http/wire/cache/monitoring/trends.ts';
import type { SettingsAnswer as Settings } from '../../http/wire/cache/settings.ts';
import type { CacheStatsAnswer } from '../../http/wire/cache/stats.ts';
import type { WarmUpJob as WarmUp } from '../../http/wire/cache/warm-up.ts';

export type HealthAnswer = Static<typeof CacheHealthAnswer>;
export type StatsAnswer = Static<typeof CacheStatsAnswer>;
export type TrendsAnswer = Static<typeof Trends>;
export type ForecastAnswer = Static<typeof Forecast>;
export type AdviceAnswer = Static<typeof Advice>;
export type SettingsAnswer = Static<typeof Settings>;
export type InvalidationAnswer = Static<typeof Invalidation>;
export type WarmUpJob = Static<typeof WarmUp>;

export type Level = HealthAnswer['status'];
export type TrendPoint = TrendsAnswer['points'][number];
export type MissesByCause = StatsAnswer['misses_by_cause'];
export type SettingName = keyof SettingsAnswer;

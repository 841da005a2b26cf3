import { describe, expect, it } from 'vitest';
import { renderAdvice } from '../../../src/cli/cache/advise.ts';
import { renderForecast } from '../../../src/cli/cache/forecast.ts';
import { renderHealth } from '../../../src/cli/cache/health.ts';
import { renderInvalidation } from '../../../src/cli/cache/invalidate.ts';
import { renderSettings } from '../../../src/cli/cache/settings.ts';
import { renderStats } from '../../../src/cli/cache/stats.ts';
import { renderTrends } from '../../../src/cli/cache/trends.ts';
import { painted, plain } from '../terminal/screens.ts';
import { ADVICE, FORECAST, HEALTH, INVALIDATION, SETTINGS, STATS, TRENDS } from './documents.ts';

describe.each([80, 100, 120])('at %i columns', (columns) => {
  const screen = plain(columns);
  it.each([
    ['health', () => renderHealth(HEALTH, screen)],
    ['stats', () => renderStats(STATS, screen)],
    ['trends', () => renderTrends(TRENDS, screen)],
    ['forecast', () => renderForecast(FORECAST, screen)],
    ['advice', () => renderAdvice(ADVICE, screen)],
    ['settings', () => renderSettings(SETTINGS, screen)],
    ['an invalidation', () => renderInvalidation(INVALIDATION, screen)],
  ])('%s has no line that is wider', (_, render) => {
    for (const line of render().split('\n')) expect([...line].length).toBeLessThanOrEqual(columns);
  });
});

describe('health', () => {
  it('begins with the verdict, and says what is wrong and what to do', () => {
    const text = renderHealth(HEALTH, painted(80));
    expect(text).toMatch(/^<yellow>WARNING<\/> {2}The cache works/);
    expect(text).toContain('<yellow>! warning</>');
    expect(text).toContain('• memory usage: Redis has used 86 % of its maxmemory.');
    expect(text).toContain('maxmemory-policy');
    expect(text).not.toContain('hit rate:');
  });

  it('leaves out what there is nothing to say about', () => {
    const metrics = HEALTH.metrics.filter(({ status }) => status === 'healthy');
    const text = renderHealth({ ...HEALTH, status: 'healthy', metrics, recommendations: [] }, plain(80));
    expect(text).not.toMatch(/What is wrong|What to do/);
  });
});

describe('stats', () => {
  it('has a bar for each cause that there was, the most frequent first', () => {
    const text = renderStats(STATS, plain(80));
    const causes = text.match(/^(cold|expired|too old|evicted|away) .*█/gm);
    expect(causes?.map((line) => line.split(/ {2,}/)[0])).toEqual(['cold', 'expired', 'too old']);
  });

  it('before the first read has dashes for what is not known', () => {
    const none = { hit_rate: null, hits: 0, misses: 0 };
    const text = renderStats({ ...STATS, cache_stats: { ...none, time_saved_ms: 0 } }, plain(80));
    expect(text).toContain('Nothing was read in 3 h 12 min.');
    expect(text).not.toContain('Why reads missed');
  });

  it('of a cache in the process alone says nothing of Redis', () => {
    const { process } = STATS.tiers;
    expect(renderStats({ ...STATS, tiers: { process, redis: null } }, plain(80))).not.toContain('Redis');
  });

  it('says loudly that the cache cannot be used', () => {
    const text = renderStats({ ...STATS, cache_available: false }, painted(80));
    expect(text).toContain('<red>The cache cannot be used');
  });
});

describe('trends', () => {
  it('show the hours without a check as a gap', () => {
    const points = TRENDS.points.slice(90, 120);
    const [line] = /^hit rate .*$/m.exec(renderTrends({ ...TRENDS, points }, plain(80))) ?? [];
    expect(line?.match(/·/g)).toHaveLength(10);
  });

  it('leave out what was never measured', () => {
    const points = TRENDS.points.map((point) => ({ ...point, response_time_ms: null }));
    expect(renderTrends({ ...TRENDS, points }, plain(80))).not.toContain('Redis answers in');
  });

  it('say so when nothing was written down', () => {
    const text = renderTrends({ ...TRENDS, total_checks: 0, points: [] }, plain(80));
    expect(text).toBe('Nothing was written down in the last 24 hours: a check is made every minute.');
  });
});

describe('the forecast', () => {
  it('shows the week as seven lines of hours, and names the busiest', () => {
    const text = renderForecast(FORECAST, plain(80));
    const [, friday = ''] = /^Fri (.*)$/m.exec(text) ?? [];
    // Closed at five, busiest at one: three columns for each hour.
    expect([friday.slice(15, 18), friday.slice(39, 42)]).toEqual(['   ', '███']);
    expect(text).toContain('Busiest: Fri 13:00, 1,199 reads.');
    expect(text.match(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/gm)).toHaveLength(7);
  });

  it('before anything was counted says so, and draws no week', () => {
    const nothing = { mean_absolute: null, wape: null, naive_wape: null };
    const peak_hours = FORECAST.peak_hours.map((field) => ({ ...field, reads: 0 }));
    const empty = { hours: [], recent: [], days_ahead: [], peak_hours, next_warm_up: null };
    const text = renderForecast({ ...FORECAST, ...empty, history_hours: 0, error: nothing }, plain(80));
    expect(text).toContain('Nothing was counted yet');
    expect(text).toContain('Nothing was read yet.');
  });
});

describe('advice', () => {
  it('ends in the command that takes it, where something is to be changed', () => {
    const text = renderAdvice(ADVICE, plain(80));
    expect(text.match(/freshchair cache settings set .*/g)).toEqual([
      'freshchair cache settings set available-slots 600',
    ]);
  });
});

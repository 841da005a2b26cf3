import { describe, expect, test } from 'vitest';
import { newKindStats } from '../../../src/availability/counting/stats.ts';
import { FACTORS } from '../../../src/insight/advice/miniature.ts';
import { type Findings, recommend } from '../../../src/insight/advice/recommendation.ts';

const MB = 1_024 * 1_024;

function findings(
  rates: readonly number[],
  changes: Partial<Findings> = {},
  megabytes = [1, 1, 2, 3],
): Findings {
  return {
    kind: 'days',
    lifetimeSeconds: 300,
    reads: 5_000,
    missesByCause: misses({ expired: 40, tooOld: 60 }),
    options: FACTORS.map((factor, i) => ({
      factor,
      lifetimeSeconds: factor * 300,
      hitRate: rates[i] ?? 0,
      memoryBytes: (megabytes[i] ?? 0) * MB,
    })),
    ...changes,
  };
}

const misses = (some: Partial<Findings['missesByCause']>) => ({ ...newKindStats().process.misses, ...some });

describe('the recommendation', () => {
  test('names the cause, the gain, what it takes and the setting', () => {
    expect(recommend(findings([70, 81, 88, 94]))).toEqual({
      lifetimeSeconds: 1_200,
      reason:
        'Lifetimes that ended cause 40 % of the misses. 4 times the lifetime (1200 s) would raise the hit rate from 81 % to 94.0 %, in 3.0 MB instead of 1.0 MB: set available_slots_ttl to 1200 by PUT /api/v2/cache/settings, or CACHE_AVAILABLE_SLOTS_TTL=1200 for the next start.',
    });
  });

  test('is twice where four times adds little more', () => {
    expect(recommend(findings([70, 81, 93, 94])).lifetimeSeconds).toBe(600);
  });

  test('is never more memory than one kind should take', () => {
    expect(recommend(findings([70, 81, 88, 94], {}, [50, 100, 200, 400])).lifetimeSeconds).toBe(600);
    expect(recommend(findings([70, 81, 88, 94], {}, [100, 200, 400, 800])).lifetimeSeconds).toBeNull();
  });

  test('is half where that costs nothing and saves a lot', () => {
    const { lifetimeSeconds, reason } = recommend(findings([98.95, 99, 99, 99], {}, [40, 80, 120, 160]));
    expect(lifetimeSeconds).toBe(150);
    expect(reason).toMatch(/^Half the lifetime \(150 s\) would save 40 MB of 80 MB/);
  });

  test.each([
    [{ tooOld: 60, cold: 1 }, 'Of the misses 98.4 % had changed since, as they should be read anew.'],
    [{ cold: 9, expired: 1 }, 'Of the misses 90 % were never loaded before: a warm-up loads them ahead.'],
    [{ evicted: 9 }, 'Of the misses 100 % had to make room: give the cache more of it.'],
    [{}, ''],
  ])('is to leave it where nothing is to gain, and tells why there are misses: %j', (causes, why) => {
    expect(recommend(findings([97, 97.2, 97.3, 97.4], { missesByCause: misses(causes) }))).toEqual({
      lifetimeSeconds: null,
      reason: `Nothing to gain: 97.2 % are hits, and no longer lifetime adds a whole per cent. ${why}`.trim(),
    });
  });

  test('waits until enough was read', () => {
    expect(recommend(findings([70, 81, 88, 94], { reads: 999.9 }))).toEqual({
      lifetimeSeconds: null,
      reason: 'Too little was read to say: 999 of 1,000 reads.',
    });
  });
});

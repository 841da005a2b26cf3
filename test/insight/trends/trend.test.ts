import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile } from '../../../src/availability/counting/histogram.ts';
import { type Counts, histogramOf } from '../../../src/insight/trends/counts.ts';
import { added, pointOf } from '../../../src/insight/trends/trend.ts';
import { resolutionOf } from '../../../src/insight/trends/trends.ts';

const AT = new Date('2026-11-22T20:00:00Z');
const point = (counts: Counts) => pointOf({ at: AT, checks: 1, counts });

test('whatever the period, there are 300 points at most, and an hour is made of whole ones', () => {
  for (let hours = 1; hours <= 168; hours++) {
    const minutes = resolutionOf(hours);
    expect((hours * 60) / minutes).toBeLessThanOrEqual(300);
    expect(60 % minutes).toBe(0);
  }
  expect(resolutionOf(1)).toBe(1);
  expect(resolutionOf(24)).toBe(5);
  expect(resolutionOf(48)).toBe(10);
  expect(resolutionOf(49)).toBe(60);
});

test('a point without checks of a thing has null for it, and a rate only where there is something to divide', () => {
  expect(point({})).toEqual({
    at: AT.toISOString(),
    checks: 1,
    status: 'unknown',
    hitRate: null,
    hits: 0,
    misses: 0,
    missesByCause: { cold: 0, expired: 0, tooOld: 0, evicted: 0, undecodable: 0, notFollowing: 0, away: 0 },
    loads: 0,
    responseTimeMs: null,
    hitMs: { p50: null, p99: null },
    missMs: { p50: null, p99: null },
    memoryMb: null,
    connectedClients: null,
    errorRate: null,
    invalidationLagMs: null,
  });
});

test('a stretch is as bad as the worst check in it', () => {
  expect(point({ 'status.healthy': 9, 'status.warning': 1 }).status).toBe('warning');
  expect(point({ 'status.healthy': 9, 'status.critical': 1 }).status).toBe('critical');
});

test('a range keeps its place when those below it are empty', () => {
  const counts = { 'lag_ms.200-300': 10 };
  expect(histogramOf(counts, 'lag_ms')).toEqual({ bounds: [200, 300], counts: [0, 10] });
  expect(quantile(histogramOf(counts, 'lag_ms'), 0.5)).toBe(250);
  expect(histogramOf({ 'lag_ms.60000-Infinity': 1 }, 'lag_ms')).toEqual({ bounds: [60_000], counts: [0, 1] });
});

test('checks may be added up in any order and in any groups', () => {
  const counts = fc.dictionary(fc.constantFrom('hits', 'misses', 'hit_ms.0-1', 'hit_ms.2-5'), fc.nat(1_000));
  const stretch = (of: Counts) => ({ at: AT, checks: 1, counts: of });
  fc.assert(
    fc.property(fc.array(counts, { maxLength: 20 }), fc.nat(20), (all, cut) => {
      const whole = added(all.map(stretch));
      const parts = [all.slice(0, cut), all.slice(cut)].map((part) => stretch(added(part.map(stretch))));
      expect(added(parts.reverse())).toEqual(whole);
    }),
  );
});

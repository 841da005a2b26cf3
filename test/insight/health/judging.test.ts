import { describe, expect, test } from 'vitest';
import { MISS_CAUSES, type MissCause, newKindStats } from '../../../src/availability/counting/stats.ts';
import type { Counters, Period } from '../../../src/insight/counters.ts';
import { parseInfo } from '../../../src/insight/health/measuring/info.ts';
import { levelAbove, levelBelow, told, worstOf } from '../../../src/insight/health/metric.ts';
import { availability } from '../../../src/insight/health/metrics/availability.ts';
import { drift } from '../../../src/insight/health/metrics/drift.ts';
import { hitRate } from '../../../src/insight/health/metrics/hit-rate.ts';
import { readsByKind } from '../../../src/insight/reads.ts';

const HOUR = 3_600_000;
const NOTHING = { bounds: [], counts: [] };
const NOW = Date.parse('2026-11-22T20:00:00Z');

function countersOf(days: ReturnType<typeof newKindStats>): Counters {
  const reads = readsByKind({
    days,
    schedules: newKindStats(),
    rules: newKindStats(),
  });
  const share = { ms: 0, ofMs: 0 };
  const feed = {
    followed: share,
    sincePollMs: 0,
    listening: 'connected',
    unheardPolls: 0,
    lag: [],
  } as const;
  return { at: 0, reads, entries: 0, feed, redis: undefined, hitMs: NOTHING, missMs: NOTHING };
}

describe('availability', () => {
  const FIVE_MINUTES = 300_000;

  /** The feed was followed for all of five minutes but for this. */
  function lostFor(ms: number) {
    const before = countersOf(newKindStats());
    const followed = { ms: FIVE_MINUTES - ms, ofMs: FIVE_MINUTES };
    const after = { ...before, at: FIVE_MINUTES, feed: { ...before.feed, followed } };
    return availability({ from: before, to: after }, { isAvailable: true, isFollowing: true });
  }

  test('warns of an outage, and not of a busy moment', () => {
    expect(lostFor(0)).toMatchObject({ value: 100, status: 'healthy' });
    expect(lostFor(250)).toMatchObject({ value: 99.92, status: 'healthy' });
    expect(lostFor(600)).toMatchObject({
      value: 99.8,
      status: 'warning',
      message: 'The cache could not be used for 0.2 % of the last minutes, but it can be now.',
    });
  });
});

describe('drift', () => {
  const well = { found24h: 0, lastFoundAt: null, lastAuditAt: NOW - 5_000, audited: 1_000 };

  test.each([
    ['is unknown without an auditor', undefined, 'unknown'],
    ['is unknown before the first audit', { ...well, lastAuditAt: null }, 'unknown'],
    ['is healthy while nothing is found', well, 'healthy'],
    ['warns when nobody has looked for ten minutes', { ...well, lastAuditAt: NOW - 600_000 }, 'warning'],
    [
      'is critical within an hour of a find',
      { ...well, found24h: 1, lastFoundAt: NOW - HOUR + 1 },
      'critical',
    ],
    ['warns of a find for the rest of the day', { ...well, found24h: 1, lastFoundAt: NOW - HOUR }, 'warning'],
  ] as const)('%s', (_what, state, status) => {
    expect(drift(state, NOW).status).toBe(status);
  });
});

describe('the advice on a low hit rate', () => {
  /** Two hundred days, all missed for one cause. */
  function missedBecause(cause: MissCause): Period {
    const stats = newKindStats();
    const before = countersOf(stats);
    stats.misses[cause] = 200;
    return { from: before, to: countersOf(stats) };
  }

  test.each([
    ['cold', 'warm-up'],
    ['expired', 'CACHE_AVAILABLE_SLOTS_TTL'],
    ['tooOld', 'nothing is wrong'],
    ['evicted', 'maxmemory'],
    ['undecodable', 'same version'],
    ['notFollowing', 'change feed'],
    ['away', 'Mend Redis'],
  ] as const)('where most values were %s names %s', (cause, named) => {
    expect(hitRate(missedBecause(cause)).recommendation).toContain(named);
  });

  test('knows a way out of every cause', () => {
    for (const cause of MISS_CAUSES) expect(hitRate(missedBecause(cause)).recommendation).toMatch(/\.$/);
  });
});

test('a level is reached where its value begins, from above and from below', () => {
  expect([79.9, 80, 94.9, 95].map((value) => levelAbove(value, { warning: 80, critical: 95 }))).toEqual([
    'healthy',
    'warning',
    'warning',
    'critical',
  ]);
  expect([70, 69.9, 35, 34.9].map((value) => levelBelow(value, { warning: 70, critical: 35 }))).toEqual([
    'healthy',
    'warning',
    'warning',
    'critical',
  ]);
});

test('numbers are told as people read them', () => {
  expect([0, 0.014, 9.996, 12.5, 999, 1_000, 1_234_567.8].map(told)).toEqual([
    '0',
    '0.01',
    '10',
    '13',
    '999',
    '1,000',
    '1,234,568',
  ]);
});

test('the whole is as bad as the worst of its parts, and unknown only where nothing is known', () => {
  expect(worstOf(['healthy', 'critical', 'warning', 'unknown'])).toBe('critical');
  expect(worstOf(['unknown', 'healthy'])).toBe('healthy');
  expect(worstOf(['unknown'])).toBe('unknown');
  expect(worstOf([])).toBe('unknown');
});

test('what Redis does not say of itself is not taken for a number', () => {
  const text = 'used_memory:1048576\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\nconnected_clients:3\r\n';
  expect(parseInfo(text)).toEqual({
    usedBytes: 1_048_576,
    maxBytes: 0,
    policy: 'noeviction',
    clients: 3,
    maxClients: undefined,
  });
});

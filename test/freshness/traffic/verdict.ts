import { expect } from 'vitest';
import type { Report } from './tally.ts';

export interface VerdictOptions {
  /** Postgres was away: what needs it may have been answered 503. */
  readonly unavailable?: boolean;
}

/** Nobody saw what was no longer so, nothing failed, and enough happened to tell. */
export function expectExact(report: Report, { unavailable = false }: VerdictOptions = {}): void {
  expect(kindsOf(report.stale)).toEqual({});
  const allowed = unavailable ? [200, 201, 503] : [200, 201];
  const statuses = Object.keys({ ...report.readStatuses, ...report.writeStatuses }).map(Number);
  expect(statuses.filter((status) => !allowed.includes(status))).toEqual([]);
  expect(report.offers / report.reads).toBeGreaterThan(1);
  expect(report.bookings).toBeGreaterThan(report.seconds);
}

/** How many of each kind, and the longest lag: thousands of answers may have shown the same. */
export function kindsOf(stale: Report['stale']): Readonly<Record<string, string>> {
  const kinds = new Map<string, { count: number; longest: number }>();
  for (const { why, acknowledged, server, degraded, lagMs } of stale) {
    const kind = `${acknowledged}, ${why}, server ${server}${degraded ? ', degraded' : ''}`;
    const { count = 0, longest = 0 } = kinds.get(kind) ?? {};
    kinds.set(kind, { count: count + 1, longest: Math.max(longest, lagMs) });
  }
  return Object.fromEntries(
    [...kinds].map(([kind, { count, longest }]) => [kind, `${count} times, ${Math.round(longest)} ms`]),
  );
}

/** With a Redis that is slow or says nothing: reads within a deadline and a bit of what they take without a cache. */
export function expectQuick({ latency }: Report, uncached: { readonly p99: number }): void {
  expect(latency.p99).toBeLessThan(100 + uncached.p99);
}

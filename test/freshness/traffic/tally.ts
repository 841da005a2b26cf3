import type { Stale } from './judge.ts';

/** What happened while there was traffic. */
export interface Report {
  readonly seconds: number;
  readonly reads: number;
  readonly strongReads: number;
  readonly offers: number;
  readonly bookings: number;
  readonly cancellations: number;
  readonly degraded: number;
  /** Answers that were stale; empty, or the promise is broken. */
  readonly stale: readonly Stale[];
  /** Of every booking on every other server, how long after the acknowledgement plain reads still offered it, in ms. */
  readonly lag: Spread;
  /** Plain reads while the fault lasted, in ms. */
  readonly latency: Spread;
  /** Answers to reads and writes by status; 0 is a connection that failed. */
  readonly readStatuses: Readonly<Record<number, number>>;
  readonly writeStatuses: Readonly<Record<number, number>>;
  /** How late timers here fired at the worst, in ms. */
  readonly longestStall: number;
}

export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), longest: at(1) };
}

const ms = (value: number) => value.toFixed(value < 10 ? 1 : 0);
export const spread = ({ p50, p99, longest }: Spread) =>
  `p50 ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(longest)} ms`;

/** One line for people. */
export function summary(report: Report): string {
  return [
    `${report.seconds.toFixed(1)} s`,
    `${report.reads} reads (${report.strongReads} strong, ${report.degraded} degraded)`,
    `${report.bookings} bookings, ${report.cancellations} cancellations`,
    `${report.stale.length} stale`,
    `lag elsewhere ${spread(report.lag)}`,
    `plain reads ${spread(report.latency)}`,
    `timers late by ${ms(report.longestStall)} ms at most`,
    `reads ${JSON.stringify(report.readStatuses)}, writes ${JSON.stringify(report.writeStatuses)}`,
  ].join('; ');
}

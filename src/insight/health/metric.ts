export type Status = 'healthy' | 'warning' | 'critical' | 'unknown';

/** One thing that was looked at. */
export interface Metric {
  readonly name: string;
  /** Null where it could not be measured. */
  readonly value: number | null;
  /** `%`, `ms`, `MB`, or empty for a number of things. */
  readonly unit: string;
  readonly status: Status;
  readonly threshold: number | null;
  /** Whether the value should stay below the threshold, or reach it. */
  readonly limit: 'most' | 'least';
  /** A sentence. */
  readonly message: string;
  /** What to do about it: names the setting or the command. */
  readonly recommendation?: string | undefined;
}

/** What a metric is about; the rest is what was found. */
type About = Pick<Metric, 'name' | 'unit' | 'threshold' | 'limit'>;
type Found = Omit<Metric, keyof About>;

export function metric(about: About, found: Found): Metric {
  const [value, threshold] = [found.value, about.threshold].map((one) =>
    one === null ? null : rounded(one),
  );
  return { ...about, ...found, value: value ?? null, threshold: threshold ?? null };
}

/** How bad a value is that grows worse as it grows. */
export function levelAbove(value: number, levels: { warning: number; critical: number }): Status {
  return value >= levels.critical ? 'critical' : value >= levels.warning ? 'warning' : 'healthy';
}

/** How bad a value is that grows worse as it falls. */
export function levelBelow(value: number, levels: { warning: number; critical: number }): Status {
  return value < levels.critical ? 'critical' : value < levels.warning ? 'warning' : 'healthy';
}

/** The worst of all; unknown only where nothing is known. */
export function worstOf(statuses: readonly Status[]): Status {
  for (const status of ['critical', 'warning', 'healthy'] as const)
    if (statuses.includes(status)) return status;
  return 'unknown';
}

/** To hundredths: a value is for people. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** As a sentence has it. */
export function told(value: number): string {
  return grouped(Math.abs(value) < 10 ? rounded(value) : Math.round(value));
}

/** Thousands apart. `toLocaleString` loads a table first, for which a check has no time: 15 to 30 ms. */
export function grouped(value: number): string {
  const [whole = '', ...fraction] = String(value).split('.');
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, ','), ...fraction].join('.');
}

/** A word for a number of things. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

import { DAY_MINUTES, endOf, type Period, startOf } from './week.ts';

export interface DayStripProps {
  readonly periods: readonly Period[];
  readonly before: readonly Period[];
}

/** The day as a strip from midnight to midnight: gaps and overlaps are seen before they are read. */
export function DayStrip({ periods, before }: DayStripProps) {
  const own = periods.map((period) => [startOf(period) ?? 0, endOf(period) ?? 0] as const);
  const spilt = before.map((period) => [0, (endOf(period) ?? 0) - DAY_MINUTES] as const);
  const share = (minutes: number) => `${(100 * Math.min(minutes, DAY_MINUTES)) / DAY_MINUTES}%`;
  return (
    <div class="admin-strip" aria-hidden="true">
      {[...spilt, ...own]
        .filter(([from, to]) => to > from)
        .map(([from, to]) => (
          <span
            key={`${from} ${to}`}
            style={{ left: share(from), width: share(Math.min(to, DAY_MINUTES) - from) }}
          />
        ))}
    </div>
  );
}

import { type Command, Option } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { type ServerOptions, serverCommand } from '../server/server-command.ts';
import { show } from '../server/show.ts';
import { rangeOf, type Series, sparkline } from '../terminal/charts.ts';
import { count, localTime, milliseconds, NOTHING, percent, seconds } from '../terminal/numbers.ts';
import { paragraph, type Screen } from '../terminal/screen.ts';
import { renderTable } from '../terminal/table.ts';
import type { Level, TrendPoint, TrendsAnswer } from './answers.ts';
import { LEVEL_STYLES } from './level.ts';

export function trendsCommand(): Command {
  return serverCommand('trends', 'how the cache was over the last hours or days, on all instances')
    .addOption(
      new Option('--hours <count>', 'how far back, up to a week').default(24).argParser(wholeNumber(1, 168)),
    )
    .action(({ hours, ...options }: ServerOptions & { readonly hours: number }) =>
      show<TrendsAnswer>(options, '/api/v2/cache/monitoring/trends', renderTrends, { query: { hours } }),
    );
}

interface Line {
  readonly name: string;
  readonly valueOf: (point: TrendPoint) => number | null;
  readonly format: (value: number | null) => string;
  /** Where the chart begins and ends; by default at 0 and at the highest value. */
  readonly lowest?: number;
  readonly highest?: number;
}

const LINES: readonly Line[] = [
  { name: 'hit rate', valueOf: (point) => point.hit_rate, format: percent, highest: 100 },
  { name: 'values read', valueOf: (point) => point.hits + point.misses, format: count },
  { name: 'loads', valueOf: (point) => point.loads, format: count },
  { name: 'hit, p99', valueOf: (point) => point.hit_ms.p99, format: milliseconds },
  { name: 'miss, p99', valueOf: (point) => point.miss_ms.p99, format: milliseconds },
  { name: 'Redis answers in', valueOf: (point) => point.response_time_ms, format: milliseconds },
  { name: 'changes known in', valueOf: (point) => point.invalidation_lag_ms, format: milliseconds },
  { name: 'errors', valueOf: (point) => point.error_rate, format: percent },
  { name: 'memory, MB', valueOf: (point) => point.memory_mb, format: count },
  { name: 'clients', valueOf: (point) => point.connected_clients, format: count },
];
const LEVELS: readonly Level[] = ['healthy', 'warning', 'critical', 'unknown'];
/** What stands beside a chart: its name, and three values. */
const BESIDE = 50;

export function renderTrends(answer: TrendsAnswer, screen: Screen): string {
  const { period_hours, points, total_checks } = answer;
  if (total_checks === 0 || points.length === 0)
    return `Nothing was written down in the last ${hoursOf(period_hours)}: a check is made every minute.`;
  const [first, last] = [points[0], points.at(-1)];
  const width = Math.max(20, screen.columns - BESIDE);
  const rows = LINES.map((line) => ({ line, series: points.map(line.valueOf) }))
    .filter(({ series }) => series.some((value) => value !== null))
    .map(({ line, series }) => rowOf(line, series, width));
  const right = 'right' as const;
  return [
    paragraph(
      `${count(total_checks)} checks of ${instancesOf(answer)} in ${hoursOf(period_hours)}, a point for ${seconds(60 * answer.resolution_minutes)}.`,
      screen,
    ),
    `Up ${percent(answer.uptime_percentage)} of the time: ${levelsOf(answer, screen)}.`,
    '',
    renderTable(
      screen,
      [
        { title: '' },
        { title: axis(first?.at, last?.at, Math.min(width, points.length)) },
        { title: 'least', align: right },
        { title: 'most', align: right },
        { title: 'now', align: right },
      ],
      rows,
    ),
  ].join('\n');
}

/** When it begins and when it ends, at either end of the charts; without the year. */
function axis(from: string | undefined, to: string | undefined, width: number): string {
  const [first, last] = [from, to].map((at) => (at === undefined ? '' : localTime(at).slice(5)));
  return `${first}${String(last).padStart(Math.max(String(last).length + 1, width - String(first).length))}`;
}

function rowOf({ name, format, lowest = 0, highest }: Line, series: Series, width: number) {
  const range = rangeOf(series) ?? { lowest: 0, highest: 0 };
  const chart = sparkline(series, { lowest, highest: highest ?? range.highest }, width);
  return [
    name,
    { text: chart, style: 'cyan' as const },
    format(range.lowest),
    format(range.highest),
    format(series.at(-1) ?? null),
  ];
}

function levelsOf({ status_distribution: found }: TrendsAnswer, screen: Screen): string {
  const parts = LEVELS.filter((level) => found[level] > 0).map((level) =>
    screen.paint(LEVEL_STYLES[level], `${level} ${count(found[level])}`),
  );
  return parts.join(', ') || NOTHING;
}

function instancesOf({ instances }: TrendsAnswer): string {
  return instances.length === 1 ? 'one instance' : `${count(instances.length)} instances`;
}

function hoursOf(hours: number): string {
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

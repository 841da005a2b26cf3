import type { Command } from 'commander';
import { KIND_NAMES } from '../../availability/loading/watcher.ts';
import { type ServerOptions, serverCommand } from '../server/server-command.ts';
import { show } from '../server/show.ts';
import { bytes, count, milliseconds, percent, seconds } from '../terminal/numbers.ts';
import { paragraph, type Screen } from '../terminal/screen.ts';
import { renderTable } from '../terminal/table.ts';
import type { StatsAnswer } from './answers.ts';
import { renderMisses } from './misses.ts';

export function statsCommand(): Command {
  return serverCommand('stats', 'what became of all reads since the server started')
    .addHelpText(
      'after',
      `
Of the instance that answers alone; "freshchair cache trends" is of all of them.
A hit is answered from the process or from Redis; a miss waits for Postgres.`,
    )
    .action((options: ServerOptions) => show<StatsAnswer>(options, '/api/v2/cache/stats', renderStats));
}

const KINDS = { days: 'days of barbers', schedules: 'hours of barbers', rules: 'rules of shops' } as const;

export function renderStats(answer: StatsAnswer, screen: Screen): string {
  const { cache_stats: all, cache_available, uptime_seconds, instance, known_versions } = answer;
  const read = all.hits + all.misses;
  const title = (text: string) => ['', screen.paint('bold', text)];
  return [
    cache_available
      ? screen.paint('green', 'The cache can be used.')
      : screen.paint('red', 'The cache cannot be used: "freshchair cache health" says why.'),
    paragraph(
      read === 0
        ? `Nothing was read in ${seconds(uptime_seconds)}.`
        : `${percent(all.hit_rate)} of ${count(read)} values were hits in ${seconds(uptime_seconds)}: ${milliseconds(all.time_saved_ms)} of waiting saved.`,
      screen,
    ),
    ...title('Kinds of data'),
    kinds(answer, screen),
    ...title('Tiers'),
    tiers(answer, screen),
    ...title('Time of a read'),
    latencies(answer, screen),
    ...(all.misses === 0 ? [] : [...title('Why reads missed'), renderMisses(answer.misses_by_cause, screen)]),
    '',
    screen.paint('dim', `${instance}; ${count(known_versions)} versions known`),
  ].join('\n');
}

function kinds(answer: StatsAnswer, screen: Screen): string {
  const columns = ['kept for', 'hit rate', 'hits', 'misses', 'loads', 'entries', 'size'];
  return renderTable(
    screen,
    [{ title: '' }, ...columns.map((title) => ({ title, align: 'right' as const }))],
    KIND_NAMES.map((name) => {
      const kind = answer.kinds[name];
      return [
        KINDS[name],
        seconds(kind.lifetime_seconds),
        percent(kind.hit_rate),
        count(kind.hits),
        count(kind.misses),
        count(kind.loads),
        count(kind.entries),
        bytes(kind.bytes),
      ];
    }),
  );
}

function tiers({ tiers: { process, redis } }: StatsAnswer, screen: Screen): string {
  const columns = ['hit rate', 'hits', 'misses', 'entries', 'size'];
  const rows = [{ name: 'process', ...process }, ...(redis === null ? [] : [{ name: 'Redis', ...redis }])];
  return renderTable(
    screen,
    [{ title: '' }, ...columns.map((title) => ({ title, align: 'right' as const }))],
    rows.map(({ name, hit_rate, hits, misses, entries, bytes: size }) => [
      name,
      percent(hit_rate),
      count(hits),
      count(misses),
      count(entries),
      bytes(size),
    ]),
  );
}

function latencies({ latency_ms: { hit, miss } }: StatsAnswer, screen: Screen): string {
  const columns = ['reads', 'mean', 'p50', 'p95', 'p99'];
  return renderTable(
    screen,
    [{ title: '' }, ...columns.map((title) => ({ title, align: 'right' as const }))],
    [
      { name: 'hit', ...hit },
      { name: 'miss', ...miss },
    ].map(({ name, count: reads, mean, p50, p95, p99 }) => [
      name,
      count(reads),
      ...[mean, p50, p95, p99].map((time) => milliseconds(time)),
    ]),
  );
}

import type { Command } from 'commander';
import { reportFailure } from '../failure.ts';
import { type ServerOptions, serverCommand } from '../server/server-command.ts';
import { withServer } from '../server/session.ts';
import { print } from '../server/show.ts';
import { localTime, measured, milliseconds, NOTHING } from '../terminal/numbers.ts';
import { bullet, type Screen } from '../terminal/screen.ts';
import { renderTable } from '../terminal/table.ts';
import type { HealthAnswer, Level } from './answers.ts';
import { LEVEL_STYLES, levelCell } from './level.ts';

/** As monitoring plugins say it (Nagios, Icinga, Sensu). */
const EXIT_CODES: Readonly<Record<Level, number>> = { healthy: 0, warning: 1, critical: 2, unknown: 3 };

export function healthCommand(): Command {
  return serverCommand('health', 'how the cache is, and what to do about it')
    .addHelpText(
      'after',
      `
Ends with 0 when it is healthy, 1 at a warning, 2 when it is critical, and 3 when it is not known
or the server could not be asked.`,
    )
    .action(health);
}

async function health(options: ServerOptions): Promise<void> {
  try {
    await withServer(options, async (server) => {
      const answer = await server.ask<HealthAnswer>('/api/v2/cache/health');
      print(options, answer, renderHealth);
      process.exitCode = EXIT_CODES[answer.body.status];
    });
  } catch (error) {
    reportFailure(error);
    process.exitCode = EXIT_CODES.unknown;
  }
}

export function renderHealth(answer: HealthAnswer, screen: Screen): string {
  const { status, metrics, summary, recommendations, instance, timestamp, duration_ms } = answer;
  const table = renderTable(
    screen,
    [
      { title: 'metric' },
      { title: 'value', align: 'right' },
      { title: 'limit', align: 'right' },
      { title: '' },
    ],
    metrics.map(({ name, value, unit, threshold, status: level }) => [
      nameOf(name),
      measured(value, unit),
      measured(threshold, unit),
      levelCell(level),
    ]),
  );
  const wrong = metrics.filter(({ status: level }) => level === 'warning' || level === 'critical');
  return [
    `${screen.paint(LEVEL_STYLES[status], status.toUpperCase())}  ${summary}`,
    '',
    table,
    ...section(
      'What is wrong',
      wrong.map(({ name, message }) => `${nameOf(name)}: ${message}`),
    ),
    ...section('What to do', recommendations),
    '',
    screen.paint('dim', `${instance || NOTHING}, ${localTime(timestamp)}, in ${milliseconds(duration_ms)}`),
  ].join('\n');

  function section(title: string, sentences: readonly string[]): string[] {
    if (sentences.length === 0) return [];
    return ['', screen.paint('bold', title), ...sentences.map((sentence) => bullet(sentence, screen))];
  }
}

/** The unit stands with the value. */
function nameOf(name: string): string {
  return name.replace(/_(ms|mb)$/, '').replaceAll('_', ' ');
}

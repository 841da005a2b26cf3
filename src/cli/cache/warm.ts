import { setTimeout as pause } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { addDays, dateAt } from '../../calendar/time.ts';
import { systemClock } from '../../clock.ts';
import { date, wholeNumber } from '../arguments.ts';
import { CommandError } from '../failure.ts';
import { type ServerOptions, serverCommand } from '../server/server-command.ts';
import { type Answer, type Session, withServer } from '../server/session.ts';
import { print } from '../server/show.ts';
import { count, milliseconds } from '../terminal/numbers.ts';
import { createProgressDisplay, type ProgressDisplay } from '../terminal/progress.ts';
import type { WarmUpJob } from './answers.ts';

interface WarmOptions extends ServerOptions {
  readonly days?: number;
  readonly from?: string;
  readonly to?: string;
  readonly barber?: readonly number[];
}

const DAYS_AHEAD = 7;
/** The server writes its progress down once a second. */
const ASK_EVERY_MS = 400;

export function warmCommand(): Command {
  const id = wholeNumber(1, 2 ** 31 - 1);
  return serverCommand('warm', 'fill the cache with the days to come, before anybody asks for them')
    .addOption(
      new Option('--days <count>', `how many days ahead (default: ${DAYS_AHEAD})`)
        .argParser(wholeNumber(1, 30))
        .conflicts(['from', 'to']),
    )
    .addOption(new Option('--from <date>', 'first day, at the shop').argParser(date))
    .addOption(new Option('--to <date>', 'last day (default: the first one)').argParser(date))
    .addOption(
      new Option('--barber <id>', 'only this one; may be given several times').argParser(
        (text, before: readonly number[] = []) => [...before, id(text)],
      ),
    )
    .addHelpText(
      'after',
      `
Only what is missing is loaded. It goes on at the server when Ctrl-C is pressed here.

Examples:
  freshchair cache warm --days 14
  freshchair cache warm --from 2026-12-20 --to 2026-12-31 --barber 3 --barber 7`,
    )
    .action(warm);
}

async function warm(options: WarmOptions): Promise<void> {
  if (options.to !== undefined && options.from === undefined)
    throw new CommandError('--to is the end of what begins with --from: say both.');
  await withServer(options, async (server) => {
    const progress = createProgressDisplay(process.stderr, 'Warming up');
    const answer = await warmUp(server, options, progress).finally(progress.end);
    print(options, answer, renderWarmUp);
    const { status, failure, stats } = answer.body;
    if (status === 'failed')
      throw new CommandError(failure ?? 'The warm-up failed: the log of the server says why.');
    if (stats.errors > 0)
      throw new CommandError(`${count(stats.errors)} could not be loaded: the log of the server says why.`);
  });
}

async function warmUp(
  server: Session,
  options: WarmOptions,
  progress: ProgressDisplay,
): Promise<Answer<WarmUpJob>> {
  let answer = await server.ask<WarmUpJob>('/api/v2/cache/warm-up', {
    method: 'POST',
    headers: { prefer: 'respond-async' },
    ...(await rangeOf(server, options)),
  });
  const { id } = answer.body;
  for (;;) {
    answer = await server.ask<WarmUpJob>(`/api/v2/cache/warm-up/${id}`);
    progress.show(answer.body.progress);
    if (answer.body.status !== 'running') return answer;
    await pause(ASK_EVERY_MS, undefined, { signal: server.signal });
  }
}

async function rangeOf(server: Session, { days = DAYS_AHEAD, from, to, barber }: WarmOptions) {
  if (from === undefined && barber === undefined) return { query: { days_ahead: days } };
  const start = from ?? (await todayAt(server));
  return {
    body: {
      start_date: start,
      end_date: from === undefined ? addDays(start, days) : (to ?? from),
      ...(barber && { barber_ids: barber }),
    },
  };
}

async function todayAt(server: Session): Promise<string> {
  const { body } = await server.ask<{ readonly timezone: string }>('/api/v2/shop');
  return dateAt(body.timezone, systemClock.now());
}

function renderWarmUp({ stats }: WarmUpJob): string {
  const { days, barbers, cached, already_fresh, duration_ms } = stats;
  return `${count(days)} days of ${count(barbers)} barbers in ${milliseconds(duration_ms)}: ${count(cached)} loaded, ${count(already_fresh)} were there.`;
}

import { Command } from 'commander';
import { date, wholeNumber } from '../arguments.ts';
import { CommandError } from '../failure.ts';
import type { Question } from '../server/request.ts';
import { type ServerOptions, serverCommand } from '../server/server-command.ts';
import { show } from '../server/show.ts';
import { count } from '../terminal/numbers.ts';
import { canAsk, confirm } from '../terminal/prompt.ts';
import { paragraph, type Screen } from '../terminal/screen.ts';
import type { InvalidationAnswer } from './answers.ts';

interface InvalidateOptions extends ServerOptions {
  readonly yes?: boolean;
}

export function invalidateCommand(): Command {
  const id = wholeNumber(1, 2 ** 31 - 1);
  return new Command('invalidate')
    .description('make every instance load something anew')
    .addHelpText(
      'after',
      `
Nothing goes stale without it: it is for the one who wants to be sure, after a change behind the
back of the triggers or a restored database. It asks before it does it, unless told --yes.`,
    )
    .addCommand(
      what('barber', 'all days and hours of a barber')
        .argument('<id>', 'as "GET /api/v2/barbers" lists them', id)
        .action((barber: number, options: InvalidateOptions) =>
          invalidate(options, `everything of barber ${barber}`, `barber/${barber}`),
        ),
    )
    .addCommand(
      what('dates', 'the days of all barbers, from a date to another')
        .argument('<from>', 'first day, at the shop', date)
        .argument('<to>', 'last day, at most 90 later', date)
        .action((from: string, to: string, options: InvalidateOptions) =>
          invalidate(options, `all days from ${from} to ${to}`, 'date-range', {
            body: { start_date: from, end_date: to },
          }),
        ),
    )
    .addCommand(
      what('slots', 'every day of every barber').action((options: InvalidateOptions) =>
        invalidate(options, 'every day of every barber', 'all-slots'),
      ),
    )
    .addCommand(
      what('settings', 'settings, services and hours, and so the days too').action(
        (options: InvalidateOptions) =>
          invalidate(options, 'settings, services and hours, and all days with them', 'business-settings'),
      ),
    );
}

function what(name: string, about: string): Command {
  return serverCommand(name, about).option('--yes', 'do not ask');
}

async function invalidate(
  options: InvalidateOptions,
  things: string,
  path: string,
  question: Question = {},
): Promise<void> {
  if (options.yes !== true) {
    if (!canAsk()) throw new CommandError('Nobody can be asked here whether it is meant: add --yes.');
    const where = options.shop === undefined ? '' : ` of the shop "${options.shop}"`;
    if (!(await confirm(`Load ${things}${where} anew, on every instance?`)))
      throw new CommandError('Nothing was done.');
  }
  await show<InvalidationAnswer>(options, `/api/v2/cache/invalidate/${path}`, renderInvalidation, {
    ...question,
    method: 'POST',
  });
}

export function renderInvalidation(
  { message, invalidated_keys: keys }: InvalidationAnswer,
  screen: Screen,
): string {
  return paragraph(`${message} (${count(keys)} ${keys === 1 ? 'key' : 'keys'})`, screen);
}

import { Argument, type Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { type ServerOptions, serverCommand } from '../server/server-command.ts';
import { show } from '../server/show.ts';
import { localTime, seconds } from '../terminal/numbers.ts';
import type { Screen } from '../terminal/screen.ts';
import { renderTable } from '../terminal/table.ts';
import type { SettingName, SettingsAnswer } from './answers.ts';
import { LIFETIMES, SETTING_NAMES } from './setting-names.ts';

const PATH = '/api/v2/cache/settings';
const LONGEST_SECONDS = 86_400;

export function settingsCommand(): Command {
  return serverCommand('settings', 'how long values are kept, on all instances')
    .addHelpText(
      'after',
      `
Applies at once and to all instances; an administrator of all shops may change it. Freshness does
not depend on it: a shorter lifetime needs less memory, a longer one fewer loads.

Example:
  freshchair cache settings set available-slots 600`,
    )
    .addCommand(
      serverCommand('set', 'choose a lifetime')
        .addArgument(nameArgument())
        .argument('<seconds>', `1 to ${LONGEST_SECONDS}`, wholeNumber(1, LONGEST_SECONDS))
        .action((name: SettingName, value: number, _options: unknown, command: Command) =>
          change(command, { [name]: value }),
        ),
    )
    .addCommand(
      serverCommand('reset', 'go back to what the environment of each instance says')
        .addArgument(nameArgument())
        .action((name: SettingName, _options: unknown, command: Command) =>
          change(command, { [name]: null }),
        ),
    )
    .action((options: ServerOptions) => show<SettingsAnswer>(options, PATH, renderSettings));
}

/** `cache settings --json set …` means the same as `cache settings set … --json`. */
function change(command: Command, body: object): Promise<void> {
  const options: ServerOptions = command.optsWithGlobals();
  return show<SettingsAnswer>(options, PATH, renderSettings, {
    method: 'PUT',
    body,
  });
}

function nameArgument(): Argument {
  const words = SETTING_NAMES.map((name) => LIFETIMES[name].word);
  return new Argument('<lifetime>', words.join(', ')).argParser((text) => {
    const name = SETTING_NAMES.find((one) => LIFETIMES[one].word === text);
    if (name === undefined) throw new InvalidArgumentError(`It should be one of ${words.join(', ')}.`);
    return name;
  });
}

export function renderSettings(answer: SettingsAnswer, screen: Screen): string {
  const right = 'right' as const;
  return renderTable(
    screen,
    [
      { title: 'lifetime' },
      { title: 'kept for', align: right },
      { title: 'environment', align: right },
      { title: 'changed' },
      { title: 'what' },
    ],
    SETTING_NAMES.map((name) => {
      const { value, default: byDefault, updated_at } = answer[name];
      return [
        LIFETIMES[name].word,
        seconds(value),
        seconds(byDefault),
        updated_at === null ? 'never' : localTime(updated_at),
        { text: LIFETIMES[name].about, style: 'dim' },
      ];
    }),
  );
}

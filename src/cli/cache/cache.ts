import { Command } from 'commander';
import { AUTHENTICATION_HELP } from '../server/server-command.ts';
import { adviseCommand } from './advise.ts';
import { forecastCommand } from './forecast.ts';
import { healthCommand } from './health.ts';
import { invalidateCommand } from './invalidate.ts';
import { settingsCommand } from './settings.ts';
import { statsCommand } from './stats.ts';
import { trendsCommand } from './trends.ts';
import { warmCommand } from './warm.ts';

export function cacheCommand(): Command {
  return new Command('cache')
    .description('look after the cache of a server that is running')
    .addCommand(healthCommand())
    .addCommand(statsCommand())
    .addCommand(trendsCommand())
    .addCommand(warmCommand())
    .addCommand(invalidateCommand())
    .addCommand(forecastCommand())
    .addCommand(adviseCommand())
    .addCommand(settingsCommand())
    .addHelpText('after', AUTHENTICATION_HELP);
}

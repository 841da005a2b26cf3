import { destination } from 'pino';
import { type Config, loadConfig } from '../config.ts';
import { systemErrorCode } from '../database/embedded/errors.ts';
import { createLogger, type Logger } from '../log.ts';

export interface Environment {
  readonly config: Config;
  readonly log: Logger;
}

interface CommandLineOption {
  readonly option: string;
  readonly setting: keyof Config;
  readonly value: string | undefined;
}

/**
 * The settings in the environment and in `.env` of the current folder, where there is one; the environment wins,
 * and `options` win over both: the setting that each stands for, and what was given. The log goes to standard error, so that standard output is for people.
 *
 * @throws ConfigError with every fault
 */
export function readEnvironment(options: readonly CommandLineOption[] = []): Environment {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  const given = options.filter(({ value }) => value !== undefined);
  const config = loadConfig(
    { ...process.env, ...Object.fromEntries(given.map(({ setting, value }) => [setting, value])) },
    Object.fromEntries(given.map(({ setting, option }) => [setting, option])),
  );
  return { config, log: createLogger(config.LOG_LEVEL, destination(2)) };
}

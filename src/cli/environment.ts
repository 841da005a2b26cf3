import { destination } from 'pino';
import { type Config, loadConfig } from '../config.ts';
import { systemErrorCode } from '../database/embedded/errors.ts';
import { createLogger, type Logger } from '../log.ts';

export interface Environment {
  readonly config: Config;
  readonly log: Logger;
}

/**
 * The settings in the environment and in `.env` of the current folder, where there is one; the environment wins,
 * and `overrides` win over both. The log goes to standard error, so that standard output is for people.
 *
 * @throws ConfigError with every fault
 */
export function readEnvironment(overrides: Readonly<Record<string, string>> = {}): Environment {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  const config = loadConfig({ ...process.env, ...overrides });
  return { config, log: createLogger(config.LOG_LEVEL, destination(2)) };
}

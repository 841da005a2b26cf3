import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/**
 * A logger of one JSON line per event, on standard output unless told otherwise. Nothing personal and no
 * token may reach it: errors are cut down to what says where they come from.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, base: null, serializers: { err: describeError } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Postgres puts the offending row into `detail` and `where`: only what is safe is kept. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack, code } = stdSerializers.err(error);
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { type, message, stack, code, cause };
}

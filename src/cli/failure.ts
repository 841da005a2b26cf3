import { ConfigError } from '../config.ts';
import { EmbeddedPostgresError, systemErrorCode } from '../database/embedded/errors.ts';
import { isUnreachable } from '../database/errors.ts';
import { MigrationError } from '../database/migration-error.ts';

/** Something that whoever called can put right; `message` is one sentence for them. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Says on standard error what went wrong, and lets the process end with 1. The stack is for LOG_LEVEL=debug. */
export function reportFailure(error: unknown): void {
  console.error(explain(error));
  if (['debug', 'trace'].includes(process.env.LOG_LEVEL ?? '')) console.error(error);
  process.exitCode = 1;
}

const WRONG_ACCESS = new Set([
  '28000', // invalid_authorization_specification
  '28P01', // invalid_password
  '3D000', // invalid_catalog_name: no such database
  '42501', // insufficient_privilege
]);

/** One clear sentence, without anything secret. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isForPeople(error)) return error.message;
  const { address, port } = { address: '', port: '', ...error };
  switch (systemErrorCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} of ${address} is in use: stop what is listening there, or set PORT (0 takes any that is free).`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address}: set HOST to one that it has.`;
  }
  if (error.message.startsWith('listen EACCES')) {
    return `Port ${port} may not be listened on: set PORT to 1024 or above.`;
  }
  if (WRONG_ACCESS.has(systemErrorCode(error) ?? '')) {
    return `Postgres did not let us in (${error.message}): check DATABASE_URL.`;
  }
  if (isUnreachable(error)) return `Postgres cannot be reached (${reasonOf(error)}): check DATABASE_URL.`;
  return `${reasonOf(error)} (LOG_LEVEL=debug shows where.)`;
}

function isForPeople(error: Error): boolean {
  return [CommandError, ConfigError, EmbeddedPostgresError, MigrationError].some(
    (kind) => error instanceof kind,
  );
}

/** Where several addresses of a host were tried, the message is empty and the code says it. */
function reasonOf(error: Error): string {
  return error.message || systemErrorCode(error) || error.name;
}

import pg from 'pg';

/** Constraint violations and the like are recognised by SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const EXCLUSION_VIOLATION = '23P01';
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

const GONE_STATES = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '55000', // it accepts no connections: ALTER DATABASE … ALLOW_CONNECTIONS
  '3D000', // there is no such database, for as long as it is being restored
  '28000', // it lets us in no more: pg_hba.conf
  '28P01', // another password
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
  '53300', // too_many_connections
]);

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** What `pg` and `pg-pool` say without a code. */
const DRIVER_MESSAGES = new Set([
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
]);

/** Postgres is asked for more than it can answer, so this was not asked. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';

  constructor(options?: ErrorOptions) {
    super('Too many loads wait for Postgres already', options);
  }
}

/** Whether Postgres could not be reached or asked, or the connection was lost on the way: the same request may work later. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Overloaded) return true;
  if (error instanceof pg.DatabaseError)
    return GONE_STATES.has(error.code ?? '') || error.code?.startsWith('08') === true;
  if (NETWORK_CODES.has(property(error, 'code')) || DRIVER_MESSAGES.has(error.message)) return true;
  // A Unix socket that is missing, or whose queue is full. (Any other ENOENT is a file, and a fault.)
  if (property(error, 'syscall') === 'connect' && ['ENOENT', 'EAGAIN'].includes(property(error, 'code')))
    return true;
  return isUnreachable(error.cause);
}

/** Whether the same transaction may well succeed at once: a serialization failure or a deadlock. */
export function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED;
}

export function isExclusionViolation(error: unknown, constraint?: string): boolean {
  return violates(error, EXCLUSION_VIOLATION, constraint);
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return violates(error, UNIQUE_VIOLATION, constraint);
}

export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return violates(error, FOREIGN_KEY_VIOLATION, constraint);
}

/** The SQLSTATE of an error that Postgres itself reported. */
function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

function violates(error: unknown, state: string, constraint: string | undefined): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code !== state) return false;
  return constraint === undefined || error.constraint === constraint;
}

function property(error: Error, name: 'code' | 'syscall'): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}

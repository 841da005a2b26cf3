import { isUnreachable } from '../../database/errors.ts';

/** Postgres is away or overloaded, and what was asked for must be exact, or is not cached. */
export class AvailabilityUnreachable extends Error {
  override readonly name = 'AvailabilityUnreachable';
  readonly code = 'unavailable';

  /** `cause` is what Postgres or the way there said. */
  constructor(cause: unknown) {
    super('Availability cannot be read: Postgres does not answer', { cause });
  }
}

/** Throws the error again, as `AvailabilityUnreachable` if that is what it means. */
export function asUnreachable(error: unknown): never {
  if (error instanceof AvailabilityUnreachable || !isUnreachable(error)) throw error;
  throw new AvailabilityUnreachable(error);
}

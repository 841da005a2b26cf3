import type { Kysely } from 'kysely';
import { createCachedBookingService } from '../../src/booking/cached.ts';
import { createBookingService } from '../../src/booking/service.ts';
import type { BookingService } from '../../src/booking/types/service.ts';
import type { Clock } from '../../src/clock.ts';
import type { Database } from '../../src/database/schema.ts';
import type { Outcome, Refusal } from '../../src/outcome.ts';

/** How one of the two services, plain or cached, is opened over a test's database. */
export type OpenService = (
  database: { db: Kysely<Database>; connectionString: string },
  clock: Clock,
) => Promise<BookingService>;

export function resultOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'ok') return outcome.value;
  throw new Error(`Refused: ${JSON.stringify(outcome.faults)}`);
}

export function codesOf(outcome: Outcome<unknown> | Refusal): string[] {
  return outcome.kind === 'refused' ? outcome.faults.map(({ code }) => code) : [];
}

/** Both services, for tests that must hold for either. */
export const services: readonly (readonly [name: string, open: OpenService])[] = [
  [
    'plain',
    async ({ db, connectionString }, clock) =>
      createBookingService({ databaseUrl: connectionString, db, clock }),
  ],
  [
    'cached',
    async ({ db, connectionString }, clock) => {
      const service = createCachedBookingService({ databaseUrl: connectionString, db, clock });
      await service.following();
      return service;
    },
  ],
];

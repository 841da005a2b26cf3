import type { Kysely } from 'kysely';
import { createPostgresSource } from '../availability/postgres-source.ts';
import type { AvailabilitySource, ShopSource } from '../availability/source.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import { createAvailabilityReader } from './availability.ts';
import { selectBooking, selectHistory, selectUserBookings } from './queries.ts';
import { NO_BOOKING, refuse } from './request.ts';
import type { BookingService } from './types.ts';
import { cancelBooking, updateBooking } from './write/change.ts';
import type { WriteContext } from './write/commit.ts';
import { createBooking } from './write/create.ts';

export interface BookingServiceOptions {
  readonly db: Kysely<Database>;
  /** Where availability is read from; Postgres itself unless given. */
  readonly source?: AvailabilitySource & ShopSource;
  readonly clock?: Clock;
  /** Told of the versions that a write counted up, before it is answered. */
  readonly onChanges?: WriteContext['onChanges'];
}

/**
 * The booking service over a source of availability. Reads take what the source says; everything that decides
 * a booking is read again in Postgres. Throws only when Postgres cannot be reached or fails.
 */
export function createBookingService({
  db,
  source = createPostgresSource(db),
  clock = systemClock,
  onChanges = () => {},
}: BookingServiceOptions): BookingService {
  const context: WriteContext = { db, clock, onChanges };
  return {
    ...createAvailabilityReader(source, clock),
    createBooking: (options) => createBooking(context, options),
    updateBooking: (options) => updateBooking(context, options),
    rescheduleBooking: ({ bookingId, userId, ifVersion, ...updateData }) =>
      updateBooking(context, { bookingId, userId, ifVersion, updateData }),
    cancelBooking: (options) => cancelBooking(context, options),
    async getBookingById({ bookingId, userId }) {
      const value = await selectBooking(db, bookingId, userId);
      return value === undefined ? refuse(NO_BOOKING) : { kind: 'ok', value };
    },
    getUserBookings: (options) => selectUserBookings(db, options),
    async getBookingHistory({ bookingId, userId }) {
      const booking = await selectBooking(db, bookingId, userId);
      return booking === undefined
        ? refuse(NO_BOOKING)
        : { kind: 'ok', value: await selectHistory(db, bookingId) };
    },
  };
}

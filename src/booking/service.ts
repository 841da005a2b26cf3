import type { Kysely } from 'kysely';
import type { ReadWatcher } from '../availability/loading/watcher.ts';
import { createPostgresSource } from '../availability/postgres/postgres-source.ts';
import { type AvailabilitySource, rulesOfShop, type ShopSource } from '../availability/source.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type DatabaseConnection, openDatabase } from '../database/connection.ts';
import { isUnreachable } from '../database/errors.ts';
import type { Database } from '../database/schema.ts';
import type { Logger } from '../log.ts';
import { type Fault, NO_SHOP, ok, refuse } from '../outcome.ts';
import type { RedisConnection } from '../redis/redis.ts';
import { createAvailabilityReader, type FindHold } from './availability.ts';
import { checkContact } from './contact.ts';
import { selectLiveHold } from './holds.ts';
import { selectBooking, selectHistory, selectManagedBooking, selectUserBookings } from './queries.ts';
import { faultsOfParts, NO_BOOKING, NO_TOKEN } from './request.ts';
import { selectCalendar } from './staff/calendar.ts';
import { findClients } from './staff/clients.ts';
import { tracedBookings } from './traced.ts';
import type { BookingMethods, BookingService } from './types/service.ts';
import { createBooking, createGuestBooking, createStaffBooking } from './write/bookings.ts';
import { cancelBooking, closeBooking, updateBooking } from './write/change.ts';
import type { WriteContext } from './write/commit.ts';
import { holdSlot, releaseHold } from './write/holds.ts';

/** What a booking service is made of. */
interface Parts {
  readonly db: Kysely<Database>;
  /** Where availability is read from. */
  readonly source: AvailabilitySource & ShopSource;
  readonly clock: Clock;
  /** Told of the versions that a write counted up, before it is answered. */
  readonly onChanges: WriteContext['onChanges'];
}

/** Reads take what the source says; everything that decides a booking is read again in Postgres. */
export function bookingServiceOver({ db, source, clock, onChanges }: Parts): BookingMethods {
  const context: WriteContext = { db, clock, onChanges };
  const findHold: FindHold = async (token, exact) => {
    if (token === undefined) return undefined;
    return selectLiveHold(db, token).catch((error: unknown) => {
      if (exact || !isUnreachable(error)) throw error;
      return undefined;
    });
  };
  return tracedBookings({
    ...createAvailabilityReader(source, clock, findHold),
    async checkRequest({ shop, name, email, phone, ...given }) {
      const faults: Fault[] = [];
      checkContact({ name, email, phone }, faults);
      const rules = await rulesOfShop(source, shop);
      return rules === undefined ? [NO_SHOP, ...faults] : [...faultsOfParts(rules, given), ...faults];
    },
    holdSlot: (options) => holdSlot(context, options),
    releaseHold: (options) => releaseHold(context, options),
    createBooking: (options) => createBooking(context, options),
    createGuestBooking: (options) => createGuestBooking(context, options),
    createStaffBooking: (options) => createStaffBooking(context, options),
    updateBooking: (options) => updateBooking(context, options),
    rescheduleBooking: ({ bookingId, userId, manageToken, shop, ifVersion, inTransaction, ...updateData }) =>
      updateBooking(context, { bookingId, userId, manageToken, shop, ifVersion, inTransaction, updateData }),
    cancelBooking: (options) => cancelBooking(context, options),
    completeBooking: (options) => closeBooking(context, 'completed', options),
    markNoShow: (options) => closeBooking(context, 'no_show', options),
    async getBookingById(ref) {
      const value = await selectBooking(db, ref);
      return value === undefined ? refuse(NO_BOOKING) : ok(value);
    },
    async getManagedBooking({ manageToken }) {
      const value = await selectManagedBooking(db, manageToken);
      return value === undefined ? refuse(NO_TOKEN) : ok(value);
    },
    getUserBookings: (options) => selectUserBookings(db, options),
    async getBookingHistory(ref) {
      const booking = await selectBooking(db, ref);
      return booking === undefined ? refuse(NO_BOOKING) : ok(await selectHistory(db, booking.id));
    },
    getCalendar: (options) => selectCalendar(db, source, options),
    findClients: (options) => findClients(db, source, options),
  });
}

/** What both booking services are opened with; the plain one ignores `cache`. */
export interface BookingServiceOptions {
  /** Where Freshchair's tables are: `postgresql://…`. */
  readonly databaseUrl: string;
  /** A pool to share with the rest of the application; without it the service has one of its own. */
  readonly db?: Kysely<Database>;
  /** What notice and horizon count from; without it Postgres's clock, or the system's where none follows it. */
  readonly clock?: Clock;
  readonly log?: Pick<Logger, 'info' | 'warn'>;
  readonly cache?: CacheOptions;
}

export interface CacheOptions {
  /** Lifetimes in seconds, at most a day; 300, 3600 and 86400 unless given. Freshness does not depend on them. */
  readonly availableSlotsTtl?: number;
  readonly barberAvailabilityTtl?: number;
  readonly businessHoursTtl?: number;
  /** Values kept in the process, about 2 kB each; 50,000 unless given. */
  readonly maxEntries?: number;
  /** Where values are kept between processes, as `REDIS_URL`; without it each process has its own. */
  readonly redisUrl?: string | undefined;
  /** The server's own connection, which counts limits too and stays open, instead of `redisUrl`. */
  readonly redis?: RedisConnection | undefined;
  /** See what readers ask for. */
  readonly watchers?: readonly ReadWatcher[];
}

/** The pool to work on: the one that is shared, which stays open, or one of our own. */
export function databaseOf({
  databaseUrl,
  db,
}: BookingServiceOptions): Pick<DatabaseConnection, 'db' | 'close'> {
  return db === undefined ? openDatabase(databaseUrl) : { db, close: async () => {} };
}

/**
 * The booking service straight on Postgres: every read is answered from the tables. Its methods throw only
 * when Postgres cannot be reached or fails.
 */
export function createBookingService(options: BookingServiceOptions): BookingService {
  const { db, close } = databaseOf(options);
  const { clock = systemClock } = options;
  const source = createPostgresSource(db);
  return { ...bookingServiceOver({ db, source, clock, onChanges: () => {} }), close };
}

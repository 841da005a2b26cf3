import { type CachedBookingService, createCachedBookingService } from './booking/cached.ts';
import { type BookingServiceOptions, createBookingService } from './booking/service.ts';
import type { BookingService } from './booking/types/service.ts';
import { loadConfig } from './config.ts';
import { type CacheMonitoringService, createCacheMonitoringService } from './insight/monitoring.ts';

/**
 * The booking service on DATABASE_URL. It connects when it is first used, which throws where DATABASE_URL is not
 * set or another setting is wrong; `close` ends its connections.
 */
export const bookingService: BookingService = whenUsed(() => createBookingService(fromEnvironment()));

/** The same with the cache in front: a change of the import is all that it takes. */
export const cachedBookingService: CachedBookingService = whenUsed(() =>
  createCachedBookingService(fromEnvironment()),
);

/** Watches over `cachedBookingService` in this process, and writes its trends, from its first use on. */
export const cacheMonitoringService: CacheMonitoringService = whenUsed(() => {
  const monitoring = createCacheMonitoringService({ bookings: cachedBookingService });
  monitoring.start();
  return monitoring;
});

function fromEnvironment(): BookingServiceOptions {
  const config = loadConfig(process.env);
  if (config.DATABASE_URL === undefined) {
    throw new Error(
      'Set DATABASE_URL to the Postgres of your bookings, or use createBookingService({ databaseUrl }).',
    );
  }
  return {
    databaseUrl: config.DATABASE_URL,
    cache: {
      availableSlotsTtl: config.CACHE_AVAILABLE_SLOTS_TTL,
      barberAvailabilityTtl: config.CACHE_BARBER_AVAILABILITY_TTL,
      businessHoursTtl: config.CACHE_BUSINESS_HOURS_TTL,
      redisUrl: config.REDIS_URL,
    },
  };
}

/** Makes the service at the first use of one of its members. */
function whenUsed<T extends object>(make: () => T): T {
  let made: T | undefined;
  const get = (_target: object, member: string | symbol): unknown => {
    made ??= make();
    return Reflect.get(made, member);
  };
  return new Proxy<T>(Object.create(null), { get });
}

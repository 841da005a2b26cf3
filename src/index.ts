export { type CachedBookingService, type CacheHealth, createCachedBookingService } from './booking/cached.ts';
export { type BookingServiceOptions, type CacheOptions, createBookingService } from './booking/service.ts';
export type {
  AvailableDays,
  AvailableSlots,
  Booking,
  BookingService,
  Fault,
  NextAvailable,
  Outcome,
  Slot,
} from './booking/types.ts';
export type { Clock } from './clock.ts';
export { migrate } from './database/migrate.ts';
export { bookingService, cachedBookingService } from './ready-made.ts';

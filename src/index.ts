export { type CachedBookingService, type CacheHealth, createCachedBookingService } from './booking/cached.ts';
export { type BookingServiceOptions, type CacheOptions, createBookingService } from './booking/service.ts';
export type { AvailableDays, AvailableSlots, NextAvailable, Slot } from './booking/types/availability.ts';
export type { Booking } from './booking/types/bookings.ts';
export type { BookingService } from './booking/types/service.ts';
export type { Clock } from './clock.ts';
export { migrate } from './database/migrate.ts';
export type { DriftState } from './insight/drift/auditor.ts';
export type { CurrentHealth } from './insight/health/current.ts';
export type { Metric, Status } from './insight/health/metric.ts';
export {
  type CacheMonitoringOptions,
  type CacheMonitoringService,
  type CacheReport,
  createCacheMonitoringService,
} from './insight/monitoring.ts';
export { type TrackedCache, type TrackOptions, trackCachePerformance } from './insight/track.ts';
export type { Trends } from './insight/trends/trends.ts';
export type { Fault, Outcome } from './outcome.ts';
export { bookingService, cachedBookingService, cacheMonitoringService } from './ready-made.ts';

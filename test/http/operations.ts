import type { Kysely } from 'kysely';
import type { CachedBookingService } from '../../src/booking/cached.ts';
import type { Clock } from '../../src/clock.ts';
import type { Database } from '../../src/database/schema.ts';
import type { CacheOperations } from '../../src/http/routes/cache/administration.ts';
import { createCacheMonitoringService } from '../../src/insight/monitoring.ts';
import { createForecasts } from '../../src/warming/forecast/shop-forecast.ts';
import { createWarmAhead } from '../../src/warming/warm-ahead.ts';

/** What operates a cache, as the server has it. */
export function operationsOver(
  db: Kysely<Database>,
  bookings: CachedBookingService,
  clock: Clock,
): CacheOperations {
  const forecasts = createForecasts(db, clock);
  const { source } = bookings;
  const warmAhead = createWarmAhead({ db, source, forecasts, clock, lifetimeMs: () => 300_000 });
  const monitoring = createCacheMonitoringService({ bookings, clock, instance: 'test' });
  return { bookings, instance: 'test', monitoring, forecasts, warmAhead };
}

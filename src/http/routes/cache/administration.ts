import type { Kysely } from 'kysely';
import type { Commit } from '../../../availability/commit.ts';
import type { CachedBookingService } from '../../../booking/cached.ts';
import type { Clock } from '../../../clock.ts';
import type { Database } from '../../../database/schema.ts';
import type { Advisor } from '../../../insight/advice/advice.ts';
import type { CacheMonitoringService } from '../../../insight/monitoring.ts';
import type { Forecasts } from '../../../warming/forecast/shop-forecast.ts';
import type { WarmAhead } from '../../../warming/warm-ahead.ts';
import type { WarmUps } from '../../../warming/warm-up/warm-ups.ts';
import type { Access } from '../../access/access.ts';
import type { SignedIn } from '../../access/identity.ts';
import { SECURITY } from '../../plugins/openapi.ts';

/** What there is to operate. */
export interface CacheOperations {
  readonly bookings: CachedBookingService;
  /** The name of this server among those on the database. */
  readonly instance: string;
  readonly forecasts: Forecasts;
  readonly warmAhead: Pick<WarmAhead, 'next'>;
  readonly monitoring: CacheMonitoringService;
  readonly advise: Advisor['advise'];
  readonly warmUps: WarmUps;
}

/** What the routes of the cache work with. */
export interface CacheAdministration extends CacheOperations {
  readonly db: Kysely<Database>;
  readonly commit: Commit;
  readonly clock: Clock;
  readonly signedIn: SignedIn;
  readonly access: Access;
}

export const ABOUT = { tags: ['Cache'], security: SECURITY };

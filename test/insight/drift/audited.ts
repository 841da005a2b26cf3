import { createPostgresSource } from '../../../src/availability/postgres/postgres-source.ts';
import { createRedisStore } from '../../../src/availability/store/redis/redis-store.ts';
import { type CachedBookingService, createCachedBookingService } from '../../../src/booking/cached.ts';
import { createDriftAuditor, type DriftAuditor } from '../../../src/insight/drift/auditor.ts';
import type { Find } from '../../../src/insight/drift/finds.ts';
import { openRedis } from '../../../src/redis/redis.ts';
import type { TestDatabase } from '../../support/test-database.ts';

/** A process with its caches and its auditor, which does a round when it is told to. */
export interface Audited extends DriftAuditor {
  readonly bookings: CachedBookingService;
  /** What was logged as an error so far. */
  readonly told: readonly Find[];
  /** Rounds until this many values were compared since the start. */
  auditAtLeast(values: number): Promise<void>;
}

let instances = 0;

export async function startAudited(
  { connectionString: databaseUrl, db }: TestDatabase,
  redisUrl?: string,
): Promise<Audited> {
  const bookings = createCachedBookingService({ databaseUrl, db, cache: { redisUrl } });
  await bookings.following();
  const told: Find[] = [];
  const auditor = createDriftAuditor({
    source: bookings.source,
    truth: createPostgresSource(db),
    db,
    log: {
      warn: (details: object) => {
        throw new Error('A round failed', { cause: details });
      },
      error: ({ drift }: { drift: Find }) => void told.push(drift),
    },
    instance: `instance ${++instances}`,
  });
  return {
    ...auditor,
    bookings,
    told,
    async auditAtLeast(values) {
      while (auditor.driftState().audited < values) await auditor.audit();
    },
    async close() {
      await auditor.close();
      await bookings.close();
    },
  };
}

/** Redis as an instance that follows the same history writes to it. */
export async function openForger(redisUrl: string, { source }: CachedBookingService) {
  const redis = openRedis({ url: redisUrl, log: { info: () => {}, warn: () => {} } });
  await redis.tried();
  const store = createRedisStore({ redis, history: source.inspection.history });
  return { store, close: redis.close };
}

import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Accounts } from '../auth/accounts.ts';
import { ACCOUNTS_PATH } from '../auth/better-auth/better-auth.ts';
import type { Commit } from '../availability/commit.ts';
import type { ShopSource } from '../availability/source.ts';
import type { BookingMethods } from '../booking/types/service.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import { createMetrics } from '../insight/metrics/metrics.ts';
import type { Logger } from '../log.ts';
import type { Mailbox } from '../mail/transport.ts';
import type { RedisConnection } from '../redis/redis.ts';
import { addAccess } from './access/access.ts';
import { addIdentity } from './access/identity.ts';
import { answerClientError } from './client-error.ts';
import { createDatabaseProbe } from './database-probe.ts';
import { addErrorHandler, answerError } from './plugins/errors.ts';
import { addFaults } from './plugins/faults.ts';
import { addGracefulClose } from './plugins/graceful-close.ts';
import { addIdempotency } from './plugins/idempotency.ts';
import { addOpenApi } from './plugins/openapi.ts';
import { addRateLimits } from './plugins/rate-limit/rate-limit.ts';
import { RequestLog } from './plugins/request-log.ts';
import { addRequestTimes } from './plugins/request-times.ts';
import { addResponseHeaders, addSecurityHeaders } from './plugins/response-headers.ts';
import { ProblemError, problem } from './problem.ts';
import { accountRoutes } from './routes/account/accounts.ts';
import { invitationRoutes } from './routes/account/invitations.ts';
import { meRoutes } from './routes/account/me.ts';
import { barberHoursRoutes } from './routes/admin/barber-hours.ts';
import { managedBarberRoutes } from './routes/admin/barbers.ts';
import { closureRoutes } from './routes/admin/closures.ts';
import { managedServiceRoutes } from './routes/admin/services.ts';
import { managedShopRoutes } from './routes/admin/shops.ts';
import { userRoutes } from './routes/admin/users.ts';
import { availabilityRoutes } from './routes/availability.ts';
import { bookingRoutes } from './routes/bookings/bookings.ts';
import { calendarFileRoutes } from './routes/bookings/calendar-file.ts';
import { guestRoutes } from './routes/bookings/guests.ts';
import { managedBookingRoutes } from './routes/bookings/managed.ts';
import type { CacheOperations } from './routes/cache/administration.ts';
import { cacheAdviceRoutes } from './routes/cache/advice.ts';
import { forecastRoutes } from './routes/cache/forecast.ts';
import { cacheHealthRoutes } from './routes/cache/health.ts';
import { invalidationRoutes } from './routes/cache/invalidation.ts';
import { cacheMonitoringRoutes } from './routes/cache/monitoring.ts';
import { cacheSettingsRoutes } from './routes/cache/settings.ts';
import { cacheStateRoutes } from './routes/cache/state.ts';
import { cacheStatsRoutes } from './routes/cache/stats.ts';
import { warmUpRoutes } from './routes/cache/warm-up/progress.ts';
import { startWarmUpRoutes } from './routes/cache/warm-up/start.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { healthRoutes } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { pageRoutes } from './routes/pages.ts';
import { staffRoutes } from './routes/staff.ts';
import { streamRoutes } from './routes/stream.ts';
import { createAdmission } from './stream/admission.ts';
import type { Changes } from './stream/changes.ts';
import { createStreamHub } from './stream/hub.ts';
import { createValidatorCompiler } from './validation.ts';

export interface AppOptions {
  readonly bookings: BookingMethods;
  /** Where the catalogue is read from, cached or not. */
  readonly shops: ShopSource;
  /** The cache that is looked after under /api/v2/cache. */
  readonly cache: CacheOperations;
  /** What the live streams tell of. */
  readonly changes: Changes;
  readonly accounts: Accounts;
  readonly db: Kysely<Database>;
  /** How routes write past the booking service. */
  readonly commit: Commit;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether the cache can be used now, for `X-Cache-Status`; without a cache server always. */
  readonly cacheAvailable: () => boolean;
  /** Under which a visitor's address is hashed wherever it is kept: the same on every instance. */
  readonly visitorKey: string;
  /** Where requests are counted, so that limits hold for all instances together. */
  readonly redis?: Pick<RedisConnection, 'script'> | undefined;
  readonly metrics?: {
    /** Opens /metrics to whoever sends it; undefined: to administrators only. */
    readonly token?: string | undefined;
    /** Also the CPU, memory and event loop of the process, which is watched from then on. */
    readonly ofProcess?: boolean;
  };
  /** The folder of the built pages; without it there are none. */
  readonly pages?: string | undefined;
  /** The sender of the mails. */
  readonly mailFrom: Mailbox;
  /** Freshchair's own version, for the OpenAPI document. */
  readonly version: string;
  /** Whether to count requests; false behind a gateway that does. */
  readonly rateLimit: boolean;
  readonly publicUrl?: string | undefined;
  /** As TRUST_PROXY: `true`, `false` or addresses; `false` unless given. */
  readonly trustProxy?: string | undefined;
}

/** Notes may have 2,000 characters; nothing that is sent here comes near it. */
const BODY_LIMIT = 64 * 1024;
/** For a request to arrive whole: whoever dribbles it in holds a connection. */
const REQUEST_LIMIT_MS = 30_000;
const STREAMS = 2_000;
/** A family behind one address, with a few pages open each. */
const STREAMS_PER_VISITOR = 20;

/**
 * The whole HTTP interface, ready to `listen` or `inject`. `close` stops accepting, lets what is under way
 * finish and closes idle connections; what was passed in stays open.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { bookings, shops, accounts, db, clock, log, cacheAvailable, publicUrl } = options;
  // One logger for all: a child for each request, and what Fastify does to make sure of it, costs more than its line.
  const loggerInstance: FastifyBaseLogger = Object.create(log, { child: { value: () => loggerInstance } });
  const logController = new RequestLog(log, systemClock);
  const app = Fastify({
    loggerInstance,
    logController,
    trustProxy: trustedProxies(options.trustProxy),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_LIMIT_MS,
    // Node would answer without a body and without our headers; `requireHost` answers instead.
    http: { requireHostHeader: false },
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      responseHeaders.set(reply);
      answerError(error, request, reply);
      logController.requestCompleted(null, request, reply);
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, cacheAvailable()),
  });
  app.setValidatorCompiler(createValidatorCompiler());
  acceptJsonOnly(app);

  const responseHeaders = addResponseHeaders(app, cacheAvailable);
  app.decorateRequest('fault', null);
  const metrics = createMetrics(options.cache.bookings, options.metrics?.ofProcess);
  addRequestTimes(app, metrics.requests);
  addErrorHandler(app);
  addFaults(app);
  addGracefulClose(app);
  const identity = addIdentity(app, accounts, publicUrl);
  const { signedIn } = identity;
  const access = addAccess(app, db, shops);
  addIdempotency(app, db);
  if (options.rateLimit)
    await addRateLimits(app, { redis: options.redis, secret: options.visitorKey, clock: systemClock });
  await addSecurityHeaders(app);
  requireHost(app);
  await addOpenApi(app, options.version, clock);

  await app.register(healthRoutes({ clock, databaseAnswers: createDatabaseProbe(db), cacheAvailable }));
  await app.register(metricsRoutes({ metrics, token: options.metrics?.token, signedIn, access }));
  await app.register(accountRoutes(accounts, publicUrl), { prefix: ACCOUNTS_PATH });
  const perVisitor = options.rateLimit ? STREAMS_PER_VISITOR : STREAMS;
  const admission = createAdmission({ total: STREAMS, perVisitor });
  const hub = createStreamHub({ changes: options.changes, shops, log });
  // Readings wait for Postgres: the streams end before.
  app.addHook('preClose', async () => void hub.close());
  app.addHook('onClose', () => hub.close());
  for (const [prefix, reading, booking] of [
    ['/api/v2/bookings', 'Availability', 'Bookings'],
    ['/api/v2/appointments', 'Appointments', 'Appointments'],
  ] as const) {
    await app.register(availabilityRoutes(bookings, reading), { prefix });
    await app.register(streamRoutes({ shops, hub, admission }, reading), { prefix });
    await app.register(guestRoutes(bookings, identity, options.visitorKey, booking), { prefix });
    await app.register(bookingRoutes(bookings, identity, booking), { prefix });
    await app.register(managedBookingRoutes(bookings, identity, booking), { prefix });
    await app.register(calendarFileRoutes(options, identity, booking), { prefix });
  }
  await app.register(catalogueRoutes(shops), { prefix: '/api/v2' });
  await app.register(staffRoutes({ bookings, shops, db, signedIn, access }), { prefix: '/api/v2/staff' });
  const administration = { db, commit: options.commit, clock, signedIn, access };
  for (const routes of [
    managedShopRoutes,
    closureRoutes,
    managedServiceRoutes,
    managedBarberRoutes,
    barberHoursRoutes,
    userRoutes,
  ])
    await app.register(routes(administration), { prefix: '/api/v2/admin' });
  const cacheAdministration = { ...options.cache, ...administration };
  for (const routes of [
    cacheStateRoutes,
    cacheHealthRoutes,
    cacheStatsRoutes,
    cacheMonitoringRoutes,
    startWarmUpRoutes,
    warmUpRoutes,
    invalidationRoutes,
    cacheSettingsRoutes,
    cacheAdviceRoutes,
    forecastRoutes,
  ])
    await app.register(routes(cacheAdministration), { prefix: '/api/v2/cache' });
  for (const routes of [cacheHealthRoutes, startWarmUpRoutes])
    await app.register(routes(cacheAdministration), { prefix: '/api/v2/admin/cache' });
  await app.register(invitationRoutes(administration), { prefix: '/api/v2' });
  await app.register(meRoutes({ ...administration, shops, bookings }), { prefix: '/api/v2' });
  if (options.pages !== undefined) await app.register(pageRoutes({ folder: options.pages, shops }));
  return app;
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-3.2; HTTP/1.0 knew no hosts. */
function requireHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isMissing = request.headers.host === undefined && request.raw.httpVersion === '1.1';
    done(isMissing ? new ProblemError(problem('bad_request', 'The request has no Host header.')) : undefined);
  });
}

/** Some clients send the content type of JSON with every request, also where there is no body. */
function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null) : parse(request, String(body), done),
  );
}

function trustedProxies(setting: string | undefined): boolean | string {
  return setting === 'true' || (setting === undefined || setting === 'false' ? false : setting);
}

import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Accounts } from '../auth/accounts.ts';
import { ACCOUNTS_PATH } from '../auth/better-auth.ts';
import type { Commit } from '../availability/commit.ts';
import type { ShopSource } from '../availability/source.ts';
import type { BookingMethods } from '../booking/types/service.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import type { Logger } from '../log.ts';
import { answerClientError } from './client-error.ts';
import { createDatabaseProbe } from './database-probe.ts';
import { addAccess } from './plugins/access.ts';
import { addErrorHandler, answerError } from './plugins/errors.ts';
import { addGracefulClose } from './plugins/graceful-close.ts';
import { addIdempotency } from './plugins/idempotency.ts';
import { addIdentity } from './plugins/identity.ts';
import { addOpenApi } from './plugins/openapi.ts';
import { addRateLimits } from './plugins/rate-limit.ts';
import { RequestLog } from './plugins/request-log.ts';
import { addResponseHeaders, addSecurityHeaders } from './plugins/response-headers.ts';
import { ProblemError, problem } from './problem.ts';
import { accountRoutes } from './routes/accounts.ts';
import { availabilityRoutes } from './routes/availability.ts';
import { bookingRoutes } from './routes/bookings.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { healthRoutes } from './routes/health.ts';
import { meRoutes } from './routes/me.ts';
import { createValidatorCompiler } from './validation.ts';

export interface AppOptions {
  readonly bookings: BookingMethods;
  /** Where the catalogue is read from, cached or not. */
  readonly shops: ShopSource;
  readonly accounts: Accounts;
  readonly db: Kysely<Database>;
  /** How routes write past the booking service. */
  readonly commit: Commit;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether the cache can be used now, for `X-Cache-Status`; without a cache server always. */
  readonly cacheAvailable: () => boolean;
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

/**
 * The whole HTTP interface, ready to `listen` or `inject`. `close` stops accepting, lets what is under way
 * finish and closes idle connections; what was passed in stays open.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { bookings, shops, accounts, db, clock, log, cacheAvailable, publicUrl } = options;
  const loggerInstance: FastifyBaseLogger = log;
  const logController = new RequestLog(log);
  const app = Fastify({
    loggerInstance,
    logController,
    // One logger for all: a child for each request costs more than its one line.
    childLoggerFactory: (logger) => logger,
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
  addErrorHandler(app);
  addGracefulClose(app);
  const signedIn = addIdentity(app, accounts, publicUrl);
  const access = addAccess(app, db, shops);
  addIdempotency(app, db);
  await addRateLimits(app, options.rateLimit);
  await addSecurityHeaders(app);
  requireHost(app);
  await addOpenApi(app, options.version, clock);

  await app.register(healthRoutes({ clock, databaseAnswers: createDatabaseProbe(db), cacheAvailable }));
  await app.register(accountRoutes(accounts, publicUrl), { prefix: ACCOUNTS_PATH });
  for (const [prefix, reading, booking] of [
    ['/api/v2/bookings', 'Availability', 'Bookings'],
    ['/api/v2/appointments', 'Appointments', 'Appointments'],
  ] as const) {
    await app.register(availabilityRoutes(bookings, reading), { prefix });
    await app.register(bookingRoutes(bookings, signedIn, booking), { prefix });
  }
  await app.register(catalogueRoutes(shops), { prefix: '/api/v2' });
  await app.register(meRoutes({ db, shops, signedIn }), { prefix: '/api/v2' });
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

import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { Clock } from '../../clock.ts';
import { ProblemError, problem } from '../problem.ts';
import { EXAMPLE_DATE, ProblemSchema, problems } from '../wire/common.ts';
import { answerError } from './errors.ts';

/** For the `security` of routes that need an account: either will do; pages have a cookie instead. */
export const SECURITY = [{ bearer: [] }, { apiKey: [] }];

const DESCRIPTION = `Book a chair. To try it here: ask for tomorrow's slots, sign up under *Accounts*, press
*Authorize* with the \`token\` of the answer, and book.

Errors are RFC 9457 problem documents; \`code\` is stable. Dates and times are the shop's local calendar unless
said otherwise. \`Cache-Control: no-cache\` on a read of availability has it checked against the database.`;

/** OpenAPI 3.1 from the schemas of the routes at /openapi.json, and a page to read and try it at /docs. */
export async function addOpenApi(app: FastifyInstance, version: string, clock: Clock): Promise<void> {
  app.addSchema(ProblemSchema);
  app.addHook('onRoute', documentLongPath);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Freshchair', description: DESCRIPTION, version },
      servers: [{ url: '/' }],
      tags: [
        { name: 'Availability', description: 'What is free' },
        { name: 'Accounts', description: 'Sign up, sign in, who am I' },
        { name: 'Bookings', description: 'One’s own bookings' },
        { name: 'Appointments', description: 'The same as Availability and Bookings under its other name' },
        { name: 'Catalogue', description: 'The shop, what it offers and who works there' },
        { name: 'Staff', description: 'The day’s work: calendar, bookings for clients, and who they are' },
        { name: 'Administration', description: 'Shops, services, barbers and hours, for administrators' },
        { name: 'Cache', description: 'Its state, and what operates it, for administrators' },
        { name: 'Process', description: 'For whoever runs it' },
      ],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'The `token` of a sign-up or sign-in' },
          apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
          manageToken: { type: 'apiKey', in: 'header', name: 'x-manage-token' },
        },
      },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
  });
  await app.register(async (docs) => {
    docs.setErrorHandler((error, request, reply) => answerError(asRefusal(error), request, reply));
    await docs.register(swaggerUi, {
      routePrefix: '/docs',
      // The plain layout has no bar for other documents; tokens are not kept in the browser.
      uiConfig: { layout: 'BaseLayout', tryItOutEnabled: true, displayRequestDuration: true },
      theme: { title: 'Freshchair API' },
      transformSpecification: (document) => withExamplesForTomorrow(document, clock),
    });
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/** The router itself refuses them. */
function documentLongPath(route: RouteOptions): void {
  const { schema, url } = route;
  if (schema !== undefined && url.startsWith('/api/v2/') && url.includes('/:'))
    route.schema = { ...schema, response: { ...problems(414), ...Object(schema.response) } };
}

/** What serves the files of the page throws where a path leads out of its folder, or is no path. */
function asRefusal(error: unknown): unknown {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  const isRefused = typeof status === 'number' && status >= 400 && status < 500;
  return isRefused ? new ProblemError(problem('bad_request', 'There is no such file.')) : error;
}

/** So that whoever tries the page need not correct the date first. */
function withExamplesForTomorrow(document: Readonly<Record<string, unknown>>, clock: Clock) {
  const tomorrow = new Date(clock.now() + 86_400_000).toISOString().slice(0, 10);
  const text = JSON.stringify(document).replaceAll(`"${EXAMPLE_DATE}"`, `"${tomorrow}"`);
  return JSON.parse(text);
}

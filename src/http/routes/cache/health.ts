import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { SECURITY } from '../../plugins/openapi.ts';
import { CacheHealthAnswer, wireHealth } from '../../wire/cache/health.ts';
import { problems, ShopQuery } from '../../wire/common.ts';
import type { CacheAdministration } from './administration.ts';

/** How the cache is now. For administrators; under /api/v2/cache and under /api/v2/admin/cache alike. */
export function cacheHealthRoutes({
  monitoring,
  signedIn,
  access,
}: CacheAdministration): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/health',
      {
        preValidation: access.atLeast('admin'),
        schema: {
          tags: ['Cache'],
          security: SECURITY,
          summary: 'How the cache is now, and what to do about it',
          querystring: ShopQuery,
          response: { 200: CacheHealthAnswer, ...problems(400, 401, 403, 404, 429, 503) },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'private, no-store');
        return wireHealth(await monitoring.getCurrentHealth());
      },
    );
  };
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { CacheHealthAnswer, wireHealth } from '../../wire/cache/health.ts';
import { problems, ShopQuery } from '../../wire/common.ts';
import { READS } from '../admin/administration.ts';
import { ABOUT, type CacheAdministration } from './administration.ts';

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
          ...ABOUT,
          summary: 'How the cache is now, and what to do about it',
          querystring: ShopQuery,
          response: { 200: CacheHealthAnswer, ...problems(...READS) },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'private, no-store');
        return wireHealth(await monitoring.getCurrentHealth());
      },
    );
  };
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { CacheAvailability } from '../../wire/cache/state.ts';
import { problems } from '../../wire/common.ts';
import type { CacheAdministration } from './administration.ts';

/** What anybody may know of the cache. */
export function cacheStateRoutes({
  bookings,
  clock,
}: Pick<CacheAdministration, 'bookings' | 'clock'>): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/availability',
      {
        schema: {
          tags: ['Cache'],
          summary: 'Whether the cache can be used',
          response: { 200: CacheAvailability, ...problems(429) },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        const isAvailable = bookings.cache.isAvailable();
        return {
          cache_available: isAvailable,
          redis_connection: bookings.cache.isShared && isAvailable,
          timestamp: new Date(clock.now()).toISOString(),
        };
      },
    );
  };
}

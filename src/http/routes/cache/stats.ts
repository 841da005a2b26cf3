import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { CacheStatsAnswer, wireCacheStats } from '../../wire/cache/stats.ts';
import { problems, ShopQuery } from '../../wire/common.ts';
import { READS } from '../admin/administration.ts';
import { ABOUT, type CacheAdministration } from './administration.ts';

/** What became of the reads of this server since it started. */
export function cacheStatsRoutes({
  bookings,
  instance,
  clock,
  signedIn,
  access,
}: CacheAdministration): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/stats',
      {
        onRequest: signedIn,
        preValidation: access.atLeast('admin'),
        schema: {
          ...ABOUT,
          summary: 'Hits, misses and their causes, by tier and by kind of data',
          description: 'Of the server that answers, since it started. Counted in values, of all shops.',
          querystring: ShopQuery,
          response: { 200: CacheStatsAnswer, ...problems(...READS) },
        },
      },
      () => cacheStats({ bookings, instance, clock }),
    );
  };
}

export async function cacheStats({
  bookings: { source, cache },
  instance,
  clock,
}: Pick<CacheAdministration, 'bookings' | 'instance' | 'clock'>): Promise<Static<typeof CacheStatsAnswer>> {
  return {
    cache_available: cache.isAvailable(),
    timestamp: new Date(clock.now()).toISOString(),
    instance,
    ...wireCacheStats(source.stats(), await source.times.read(), cache.isShared),
  };
}

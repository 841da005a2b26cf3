import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { AdviceAnswer, wireAdvice } from '../../wire/cache/advice.ts';
import { problems, ShopQuery } from '../../wire/common.ts';
import { READS } from '../admin/administration.ts';
import { ABOUT, type CacheAdministration } from './administration.ts';

/** What other lifetimes would give. For administrators. */
export function cacheAdviceRoutes(options: CacheAdministration): FastifyPluginAsyncTypebox {
  const { advise, clock, signedIn, access } = options;

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/advice',
      {
        preValidation: access.atLeast('admin'),
        schema: {
          ...ABOUT,
          summary: 'What other lifetimes of cached values would give',
          querystring: ShopQuery,
          response: { 200: AdviceAnswer, ...problems(...READS) },
        },
      },
      async () => wireAdvice(advise(), clock.now()),
    );
  };
}

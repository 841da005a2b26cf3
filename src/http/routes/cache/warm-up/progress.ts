import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { staffOf } from '../../../access/access.ts';
import { ProblemError, problem } from '../../../problem.ts';
import { PreloadAnswer, WarmUpJob, wireJob, wirePreload } from '../../../wire/cache/warm-up.ts';
import { IdParams, problems, ShopQuery } from '../../../wire/common.ts';
import { READS, WRITES } from '../../admin/administration.ts';
import { ABOUT, type CacheAdministration } from '../administration.ts';

/** How far warm-ups are, and what is loaded beside days. For the shop's administrators. */
export function warmUpRoutes({
  bookings,
  warmUps,
  signedIn,
  access,
}: CacheAdministration): FastifyPluginAsyncTypebox {
  const preValidation = access.atLeast('admin');

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.get(
      '/warm-up/:id',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'How far a warm-up is',
          description: 'The same on every instance. Warm-ups are kept for 30 days.',
          params: IdParams,
          querystring: ShopQuery,
          response: { 200: WarmUpJob, ...problems(...READS) },
        },
      },
      async (request) => {
        const found = await warmUps.find(staffOf(request).shopId, request.params.id);
        if (found === undefined)
          throw new ProblemError(problem('not_found', 'There is no such warm-up at this shop.'));
        return wireJob(found);
      },
    );

    app.post(
      '/preload',
      {
        preValidation,
        schema: {
          ...ABOUT,
          summary: 'Load settings, services and hours that are not cached',
          description: 'Of the shop, and of the barbers who are active.',
          querystring: ShopQuery,
          response: { 200: PreloadAnswer, ...problems(...WRITES) },
        },
      },
      async (request) => wirePreload(await bookings.source.preload(staffOf(request).shopId)),
    );
  };
}

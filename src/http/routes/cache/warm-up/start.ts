import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WarmUpOrder } from '../../../../warming/warm-up/rows.ts';
import { staffOf } from '../../../access/access.ts';
import { ProblemError, problem } from '../../../problem.ts';
import {
  PreferHeader,
  WarmUpAnswer,
  WarmUpBody,
  WarmUpJob,
  WarmUpQuery,
  wireJob,
  wireWarmUp,
} from '../../../wire/cache/warm-up.ts';
import { problems } from '../../../wire/common.ts';
import { WRITES } from '../../admin/administration.ts';
import { ABOUT, type CacheAdministration } from '../administration.ts';
import { orderOf, prefersAsync } from './order.ts';

/** Loads ahead of readers what they will ask for. For the shop's administrators, under /api/v2/admin/cache, too. */
export function startWarmUpRoutes(options: CacheAdministration): FastifyPluginAsyncTypebox {
  const { commit, db, warmUps, signedIn, access } = options;

  /** Keeps its answer in the transaction that notes it: a repeat gets the same warm-up. */
  async function startInBackground(
    request: FastifyRequest,
    reply: FastifyReply,
    order: WarmUpOrder,
    shop: string | undefined,
  ) {
    const { noted, location } = await commit(async (trx) => {
      const record = await warmUps.note(trx, order);
      const path = `/api/v2/cache/warm-up/${record.id}`;
      const answer = {
        status: 202,
        body: wireJob(record),
        location: shop === undefined ? path : `${path}?shop=${shop}`,
      };
      await request.keepAnswer(trx, answer);
      return { noted: record, location: answer.location };
    });
    // How it ends is in its row.
    void warmUps.run(noted);
    reply.code(202).header('location', location).header('preference-applied', 'respond-async');
    return wireJob(noted);
  }

  return async (app) => {
    app.addHook('onRequest', signedIn);

    app.post(
      '/warm-up',
      {
        preValidation: [
          access.atLeast('admin'),
          async (request) => {
            request.body ??= {};
          },
        ],
        schema: {
          ...ABOUT,
          summary: 'Load days that are not cached',
          description:
            'Days ahead, or a range with `start_date` and `end_date`. Answers when it is done; with ' +
            '`Prefer: respond-async` at once, and `GET /api/v2/cache/warm-up/{id}` tells how far it is.',
          querystring: WarmUpQuery,
          headers: PreferHeader,
          body: WarmUpBody,
          response: { 200: WarmUpAnswer, 202: WarmUpJob, ...problems(...WRITES) },
        },
      },
      async (request, reply) => {
        const written = { ...request.query, ...request.body };
        const order = await orderOf(options, staffOf(request).shopId, written);
        if (prefersAsync(request.headers.prefer))
          return startInBackground(request, reply, order, written.shop);
        const ended = await warmUps.run(await warmUps.note(db, order));
        if (ended.status === 'failed')
          throw new ProblemError(problem('unavailable', ended.failure ?? ''), { 'retry-after': '5' });
        return wireWarmUp(ended);
      },
    );
  };
}

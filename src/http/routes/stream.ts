import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { rulesOfShop, type ShopSource } from '../../availability/source.ts';
import { candidatesFor, checkDate } from '../../booking/request.ts';
import { type Fault, NO_SHOP, refusalOf, refuse } from '../../outcome.ts';
import { networkOf } from '../access/caller.ts';
import { refusalProblem } from '../outcome.ts';
import { ProblemError, problem } from '../problem.ts';
import type { Admission } from '../stream/admission.ts';
import { openConnection } from '../stream/connection.ts';
import type { StreamHub } from '../stream/hub.ts';
import type { Topic } from '../stream/topic.ts';
import { problems } from '../wire/common.ts';
import { GREETING, StreamAnswer, StreamQuery } from '../wire/stream.ts';

export interface StreamRoutesOptions {
  readonly shops: ShopSource;
  /** Both serve every path that the routes are registered under. */
  readonly hub: StreamHub;
  readonly admission: Admission;
}

/** Seconds until somebody may have left. */
const RETRY_AFTER = '30';
const STOPPING = 'The server is stopping. Connect again in a few seconds.';
const TOO_MANY = 'There are too many open streams. Close one, or ask for the slots from time to time.';

/** What becomes free or is taken, as it happens. Public: no token is looked at. */
export function streamRoutes(
  { shops, hub, admission }: StreamRoutesOptions,
  tag: string,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/stream',
      {
        config: { limit: 'stream' },
        schema: {
          tags: [tag],
          summary: 'Changes of availability, live',
          querystring: StreamQuery,
          response: { 200: StreamAnswer, ...problems(400, 404, 429, 503) },
        },
      },
      async (request, reply) => {
        const topic = await topicOf(shops, request.query);
        reply.type('text/event-stream');
        reply.header('cache-control', 'no-store');
        reply.header('x-accel-buffering', 'no');
        // The end of the stream is the end of the connection: a stopping server does not wait for its next request.
        reply.header('connection', 'close');
        if (request.method === 'HEAD') return reply.send(Readable.from([]));

        const leave = admission.enter(networkOf(request));
        if (leave === undefined) {
          throw new ProblemError(problem('rate_limited', TOO_MANY), { 'retry-after': RETRY_AFTER });
        }
        const connection = openConnection(reply.raw);
        connection.body.once('close', leave);
        const unsubscribe = hub.subscribe(topic, connection);
        if (unsubscribe === undefined) {
          connection.body.destroy();
          throw new ProblemError(problem('unavailable', STOPPING), { 'retry-after': RETRY_AFTER });
        }
        connection.body.once('close', unsubscribe);
        connection.send(Buffer.from(GREETING));
        return reply.send(connection.body);
      },
    );
  };
}

async function topicOf(
  shops: ShopSource,
  query: { shop?: string; barber_id?: number; target_date?: string },
): Promise<Topic> {
  const { shop, barber_id: barberId, target_date: date } = query;
  const faults: Fault[] = [];
  if (date !== undefined) checkDate(date, 'targetDate', faults);
  const rules = await rulesOfShop(shops, shop);
  if (rules === undefined) throw refusalProblem(refuse(NO_SHOP, ...faults));
  candidatesFor(rules, undefined, barberId, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) throw refusalProblem(refusal);
  return { shopId: rules.id, barberId, date };
}

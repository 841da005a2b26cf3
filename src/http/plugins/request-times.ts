import type { FastifyInstance } from 'fastify';
import type { RequestTimes } from '../../insight/metrics/requests.ts';

/** Counts every answer, by the route's pattern. */
export function addRequestTimes(app: FastifyInstance, times: RequestTimes): void {
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    times.observe(method, routeOptions.url, reply.statusCode, reply.elapsedTime);
    done();
  });
}

import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** A fault of the server, for the request's line in the log. */
    fault: unknown;
  }
}

/** One line per request. The route, not the URL: tokens and addresses may stand in a URL. */
export function addRequestLog(app: FastifyInstance): void {
  app.decorateRequest('fault', null);
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    if (statusCode >= 500) request.log.error({ ...line(request), status: statusCode, err: request.fault }, 'request');
    else if (request.log.isLevelEnabled('info')) {
      request.log.info({ ...line(request), status: statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
    }
    done();
  });
}

function line(request: FastifyRequest) {
  return { id: request.id, method: request.method, route: request.routeOptions.url };
}

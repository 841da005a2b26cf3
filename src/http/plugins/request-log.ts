import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from '../../log.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** A fault of the server, for the request's line in the log. */
    fault: unknown;
  }
}

/** One line per request. It names the route, not the URL: tokens and addresses may stand in a URL. */
export class RequestLog extends LogController {
  readonly #log: Logger;

  constructor(log: Logger) {
    super();
    this.#log = log;
  }

  override incomingRequest(): void {}

  /** The client went away, as from a live stream sooner or later; or the body failed. */
  override streamError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
    const isGone = Reflect.get(error, 'code') === 'ERR_STREAM_PREMATURE_CLOSE';
    this.requestCompleted(isGone ? null : error, request, reply);
  }

  override requestCompleted(
    broken: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const { statusCode } = reply;
    const err = request.fault ?? broken;
    const level = statusCode >= 500 || err ? 'error' : 'info';
    if (!this.#log.isLevelEnabled(level)) return;
    const { id, method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    this.#log[level](
      { id, method, route: routeOptions.url, status: statusCode, ms, ...(err ? { err } : {}) },
      'request',
    );
  }
}

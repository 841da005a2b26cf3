import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Clock } from '../../clock.ts';
import { isUnreachable } from '../../database/errors.ts';
import type { Logger } from '../../log.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** A fault of the server, for the request's line in the log. */
    fault: unknown;
  }
}

/** While the database is away, a request's line says why no more often than this: the reason is that of all. */
const REASON_EVERY_MS = 60_000;

/** One line per request. It names the route, not the URL: tokens and addresses may stand in a URL. */
export class RequestLog extends LogController {
  readonly #log: Logger;
  readonly #clock: Clock;
  #reasonGivenAt = Number.NEGATIVE_INFINITY;

  constructor(log: Logger, clock: Clock) {
    super();
    this.#log = log;
    this.#clock = clock;
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
    const fault = request.fault ?? broken;
    const level = statusCode >= 500 || fault ? 'error' : 'info';
    if (!this.#log.isLevelEnabled(level)) return;
    const { id, method, routeOptions } = request;
    const err = this.#isToldAlready(fault) ? undefined : fault;
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    this.#log[level](
      { id, method, route: routeOptions.url, status: statusCode, ms, ...(err ? { err } : {}) },
      'request',
    );
  }

  #isToldAlready(fault: unknown): boolean {
    if (!isUnreachable(fault)) return false;
    const now = this.#clock.now();
    if (now - this.#reasonGivenAt < REASON_EVERY_MS) return true;
    this.#reasonGivenAt = now;
    return false;
  }
}

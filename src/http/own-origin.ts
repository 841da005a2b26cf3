import type { FastifyRequest } from 'fastify';
import { ProblemError, problem } from './problem.ts';

/** The origin of our own pages: that of PUBLIC_URL; without one, that which the request was sent to. */
export function ownOrigin(request: FastifyRequest, publicUrl: string | undefined): string {
  const url = publicUrl ?? `${request.protocol}://${request.host}`;
  if (URL.canParse(url)) return new URL(url).origin;
  throw new ProblemError(problem('bad_request', 'The request names no host that could be ours.'));
}

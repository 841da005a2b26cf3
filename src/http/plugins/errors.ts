import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isUnreachable } from '../../database/errors.ts';
import { AnsweredMeanwhile, sendAgain } from '../idempotency/kept-answer.ts';
import { PROBLEM_TYPE, ProblemError, problem, problemOf } from '../problem.ts';
import { schemaFaults } from '../validation.ts';

/** Seconds: a restart of Postgres takes a few. */
const RETRY_AFTER = '5';
const JSON_ONLY = 'Send the body as JSON, with Content-Type: application/json.';

/** Whatever goes wrong becomes a problem document, here and nowhere else. */
export function addErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split('?', 1)[0]?.slice(0, 200) ?? '';
  const error = new ProblemError(problem('not_found', `There is no ${request.method} ${path} here.`));
  reply.send(writeProblem(error, request, reply));
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof AnsweredMeanwhile) sendAgain(reply, error.answer);
  else reply.send(writeProblem(error, request, reply));
}

/** Writes the head of the answer; the text is its body. */
export function writeProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): string {
  const { problem, headers } = problemErrorOf(error);
  if (problem.status >= 500) request.fault = error;
  reply.code(problem.status).headers(headers).type(PROBLEM_TYPE);
  // Of a 404 a cache may think what it likes, unless it is told.
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  return JSON.stringify(problem);
}

/** What the client is told. Of a fault of ours, nothing but that there was one. */
export function problemErrorOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isUnreachable(error)) {
    const detail = 'The database cannot answer just now. Try again in a few seconds.';
    return new ProblemError(problem('unavailable', detail), { 'retry-after': RETRY_AFTER });
  }
  return new ProblemError(isFastifyError(error) ? requestProblem(error) : internalError());
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('FST_ERR_');
}

function requestProblem(error: FastifyError) {
  const [first, ...more] = schemaFaults(error.validation ?? []);
  if (first !== undefined) return problemOf([first, ...more]);
  switch (error.statusCode) {
    case 400:
      return error.code === 'FST_ERR_CTP_INVALID_JSON_BODY'
        ? problemOf([{ pointer: '', code: 'validation_failed', detail: 'The body is not valid JSON.' }])
        : problem('bad_request', 'The request is malformed.');
    case 413:
      return problem('payload_too_large', 'The body is too large.');
    case 414:
      return problem('uri_too_long', 'A part of the path is too long.');
    case 415:
      return problem('unsupported_media_type', JSON_ONLY);
    default:
      return internalError();
  }
}

function internalError() {
  return problem('internal_error', 'Something went wrong on our side. It has been logged.');
}

import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { LRUCache } from 'lru-cache';
import { isRepeatable, readAgain } from '../booking/read-report.ts';
import type { ReadReport } from '../booking/types/availability.ts';
import { HOLD_TOKEN } from './access/identity.ts';
import { type AnswerText, textOf } from './answer-text.ts';
import type { Rendered } from './wire/availability.ts';

/** Whether the client asks for a strong read. */
export function wantsExact({ headers }: FastifyRequest): boolean {
  const asked = headers['cache-control'];
  return asked !== undefined && /(^|,)\s*no-cache\s*(,|$)/i.test(asked);
}

/** How reads of availability are answered. */
export interface AvailabilityReplies {
  /** An `onRequest` hook: with what the same URL was answered before, if that certainly is the answer still. */
  readonly again: onRequestHookHandler;
  /** With a new body. */
  send(request: FastifyRequest, reply: FastifyReply, answer: Rendered<object>): FastifyReply;
}

/** Answers that are remembered, of about 5 kB each. */
const MAX_ANSWERS = 1_000;

/**
 * A hot day is asked for again and again: writing the answer is most of the work, so its text is kept for as long as
 * the booking service can tell that nothing has changed, and for no more than the minute.
 */
export function createAvailabilityReplies(): AvailabilityReplies {
  const answers = new LRUCache<string, { readonly text: AnswerText; readonly read: ReadReport }>({
    max: MAX_ANSWERS,
  });
  return {
    again(request, reply, done) {
      const answer = isPlain(request) ? answers.get(request.url) : undefined;
      const read = answer && readAgain(answer.read);
      if (answer === undefined || read === undefined) done();
      else replyText(request, reply, answer.text, read);
    },
    send(request, reply, { body, read }) {
      const text = textOf(body);
      if (isPlain(request) && isRepeatable(read)) answers.set(request.url, { text, read });
      return replyText(request, reply, text, read);
    },
  };
}

/** Whether nothing but the URL decides the answer. */
function isPlain(request: FastifyRequest): boolean {
  return request.method === 'GET' && request.headers[HOLD_TOKEN] === undefined && !wantsExact(request);
}

/** Answers, or says that the client's copy is still right. */
function replyText(
  request: FastifyRequest,
  reply: FastifyReply,
  { etag, bodyAsOf }: AnswerText,
  read: ReadReport,
): FastifyReply {
  // What a hold token shows is for its holder.
  const isOwn = request.headers[HOLD_TOKEN] !== undefined;
  reply.header('cache-control', isOwn ? 'private, no-store' : 'no-cache');
  reply.header('cache-status', cacheStatus(read));
  reply.header('etag', etag);
  if (request.method !== 'POST' && isMatch(request.headers['if-none-match'], etag))
    return reply.code(304).send();
  reply.type('application/json; charset=utf-8');
  return reply.send(bodyAsOf(read.asOf));
}

/** RFC 9211, https://www.rfc-editor.org/rfc/rfc9211. */
function cacheStatus({ status, verified, degraded }: ReadReport): string {
  if (degraded) return 'freshchair; hit; detail=degraded';
  if (status === 'miss') return 'freshchair; fwd=miss; stored';
  if (status === 'bypass') return 'freshchair; fwd=bypass';
  return verified ? 'freshchair; hit; detail=verified' : 'freshchair; hit';
}

/** Weak comparison, RFC 9110 §13.1.2. */
function isMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header === '*') return true;
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag.slice(2));
}

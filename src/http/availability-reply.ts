import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReadReport } from '../booking/types/availability.ts';
import { HOLD_TOKEN } from './access/identity.ts';
import type { Rendered } from './wire/availability.ts';

/** Whether the client asks for a strong read. */
export function wantsExact({ headers }: FastifyRequest): boolean {
  const asked = headers['cache-control'];
  return asked !== undefined && /(^|,)\s*no-cache\s*(,|$)/i.test(asked);
}

/**
 * Answers an availability read, or says that the client's copy is still right. The ETag is a weak one: `as_of`
 * moves with every answer and is not part of it.
 */
export function replyAvailability(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, read }: Rendered<object>,
): FastifyReply {
  const { json, etag } = textOf(body);
  // What a hold token shows is for its holder.
  const isOwn = request.headers[HOLD_TOKEN] !== undefined;
  reply.header('cache-control', isOwn ? 'private, no-store' : 'no-cache');
  reply.header('cache-status', cacheStatus(read));
  reply.header('etag', etag);
  if (request.method !== 'POST' && isMatch(request.headers['if-none-match'], etag))
    return reply.code(304).send();
  reply.type('application/json; charset=utf-8');
  return reply.send(`${json},"as_of":"${new Date(read.asOf).toISOString()}"}`);
}

interface BodyText {
  /** Without its last brace. */
  readonly json: string;
  readonly etag: string;
}

const texts = new WeakMap<object, BodyText>();

/** The body as text, and its ETag; once for each body, which nobody changes. */
export function textOf(body: object): BodyText {
  let text = texts.get(body);
  if (text === undefined) {
    const json = JSON.stringify(body);
    const etag = `W/"${createHash('sha1').update(json).digest('base64url')}"`;
    text = { json: json.slice(0, -1), etag };
    texts.set(body, text);
  }
  return text;
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

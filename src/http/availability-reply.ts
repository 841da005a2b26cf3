import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AvailableSlots, ReadReport, Slot } from '../booking/types/availability.ts';
import { HOLD_TOKEN } from './access/identity.ts';
import { type Rendered, wireSlots } from './wire/availability.ts';

/** Whether the client asks for a strong read. */
export function wantsExact({ headers }: FastifyRequest): boolean {
  const asked = headers['cache-control'];
  return asked !== undefined && /(^|,)\s*no-cache\s*(,|$)/i.test(asked);
}

/** Answers a read of a day's slots. */
export function replySlots(
  request: FastifyRequest,
  reply: FastifyReply,
  value: AvailableSlots,
): FastifyReply {
  return replyText(request, reply, slotsText(value), value.read);
}

/** Answers another read of availability. */
export function replyAvailability(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, read }: Rendered<object>,
): FastifyReply {
  return replyText(request, reply, textOf(body), read);
}

/** An answer but for `as_of`, which moves with every answer. */
interface AnswerText {
  /** Without its last brace. */
  readonly json: string;
  /** A weak one: `as_of` is not part of it. */
  readonly etag: string;
}

/** Answers, or says that the client's copy is still right. */
function replyText(
  request: FastifyRequest,
  reply: FastifyReply,
  { json, etag }: AnswerText,
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
  return reply.send(`${json},"as_of":"${new Date(read.asOf).toISOString()}"}`);
}

function textOf(body: object): AnswerText {
  const json = JSON.stringify(body);
  const etag = `W/"${createHash('sha1').update(json).digest('base64url')}"`;
  return { json: json.slice(0, -1), etag };
}

/** By the list of slots, which the service gives again, frozen, while a hot day stays as it is. */
const texts = new WeakMap<readonly Slot[], { readonly value: AvailableSlots; readonly text: AnswerText }>();

export function slotsText(value: AvailableSlots): AnswerText {
  const before = texts.get(value.slots);
  if (before !== undefined && isSame(before.value, value)) return before.text;
  const text = textOf(wireSlots(value).body);
  if (Object.isFrozen(value.slots)) texts.set(value.slots, { value, text });
  return text;
}

/** Of everything but the slots and how they were read. */
function isSame(a: AvailableSlots, b: AvailableSlots): boolean {
  return (
    a.date === b.date &&
    a.timezone === b.timezone &&
    a.userTimezone === b.userTimezone &&
    a.barberId === b.barberId &&
    a.barberName === b.barberName &&
    a.businessHours?.start === b.businessHours?.start &&
    a.businessHours?.end === b.businessHours?.end &&
    a.slotDurationMinutes === b.slotDurationMinutes &&
    (a.nextAvailable === undefined) === (b.nextAvailable === undefined) &&
    a.nextAvailable?.datetime === b.nextAvailable?.datetime &&
    a.nextAvailable?.barberId === b.nextAvailable?.barberId
  );
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

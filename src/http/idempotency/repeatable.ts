import { createHash, hkdfSync } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { hashOf } from '../../token.ts';
import { ProblemError, problemOf } from '../problem.ts';
import { canonicalJson } from './canonical.ts';

/** A request with an Idempotency-Key: where its answer is kept, and under which secret. */
export interface Repeatable {
  /** Who may have the answer again: `user:<id>`, `guest:<SHA-256 of the manage token>` or `anyone`. */
  readonly scope: string;
  /** Method and pattern of the path; tokens in a path are secrets. */
  readonly route: string;
  /** Stands for the client's key and for what else must be equal; does not disclose it. */
  readonly name: string;
  /** 32 bytes: the answer is sealed under it. */
  readonly secret: Buffer;
  /** SHA-256 of what was asked. */
  readonly requestHash: Buffer;
}

/** Characters; ASCII from space to tilde. */
const KEY = /^[\x20-\x7e]{1,255}$/;
/** Headers that decide what a write does. */
const MEANT = ['if-match', 'prefer', 'x-hold-token', 'x-manage-token'] as const;

/** After authentication and with the body parsed, but not yet validated; undefined without a key. */
export function repeatableOf(request: FastifyRequest): Repeatable | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw badKey();
  const scope = scopeOf(request);
  const route = routeOf(request);
  const requestHash = requestHashOf(request);
  // Without an account key and body are one: another body is another key.
  const place = [scope, route, request.params, scope === 'anyone' ? requestHash.toString('hex') : null];
  const bits = Buffer.from(hkdfSync('sha256', key, canonicalJson(place), 'freshchair kept answer', 64));
  return { scope, route, name: bits.toString('hex', 0, 32), secret: bits.subarray(32), requestHash };
}

function scopeOf({ account, headers: { 'x-manage-token': token } }: FastifyRequest): string {
  if (account !== null) return `user:${account.id}`;
  return typeof token === 'string' ? `guest:${hashOf(token).toString('hex')}` : 'anyone';
}

/** A route has one name here, though it has two outside. */
function routeOf({ method, routeOptions: { url = '' } }: FastifyRequest): string {
  return `${method} ${url.replace(/^\/api\/v2\/appointments(?=\/|$)/, '/api/v2/bookings')}`;
}

function requestHashOf({ body, query, headers }: FastifyRequest): Buffer {
  const asked = canonicalJson([body, query, MEANT.map((name) => headers[name])]);
  return createHash('sha256').update(asked).digest();
}

function badKey(): ProblemError {
  const detail = 'An Idempotency-Key has 1 to 255 characters, printable ASCII only.';
  return new ProblemError(problemOf([{ pointer: '/Idempotency-Key', code: 'validation_failed', detail }]));
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely, Transaction } from 'kysely';
import type { Commit } from '../../availability/commit.ts';
import type { WriteOptions } from '../../booking/types/bookings.ts';
import type { Database } from '../../database/schema.ts';
import type { Outcome } from '../../outcome.ts';
import { findAnswer, keepOrFind } from '../idempotency/answers.ts';
import { documentKey, takesKey } from '../idempotency/documented.ts';
import { AnsweredMeanwhile, replyAs, sendAgain } from '../idempotency/kept-answer.ts';
import { type Repeatable, repeatableOf } from '../idempotency/repeatable.ts';
import { unwrap } from '../outcome.ts';
import { writeProblem } from './errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    keepAnswer: KeepAnswer;
    /** Of a request with an Idempotency-Key that was not answered before. */
    unanswered: Unanswered | null;
  }
}

interface Unanswered {
  readonly repeatable: Repeatable;
  /** By a transaction, should it commit. */
  isKept: boolean;
}

export interface Answer<B extends object | null = object | null> {
  readonly status: number;
  readonly body: B;
  /** `Location`, where there is one. */
  readonly location?: string;
}

/** Keeps the answer to a request with an Idempotency-Key in the very transaction that writes; else does nothing. */
export type KeepAnswer = (trx: Transaction<Database>, answer: Answer) => Promise<void>;

/**
 * The first definite answer to a write with an Idempotency-Key is kept for 24 hours, and a repeat gets it again. A
 * write keeps it in its own transaction, so that neither a crash nor a twin comes between; what else is answered
 * is kept before it is sent. Without the header there is no SQL.
 *
 * To be added before any other `preValidation` hook: whether the caller may do it was decided the first time.
 */
export function addIdempotency(app: FastifyInstance, db: Kysely<Database>): void {
  app.decorateRequest('keepAnswer', async () => {});
  app.decorateRequest('unanswered', null);
  app.addHook('onRoute', documentKey);

  app.addHook('preValidation', (request, reply, done) => {
    const { url = '', config } = request.routeOptions;
    if (request.headers['idempotency-key'] === undefined || !takesKey(request.method, url, config))
      return done();
    answerAgain(db, request, reply).then((isAnswered) => {
      if (!isAnswered) done();
    }, done);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const { unanswered } = request;
    if (unanswered === null || !isDefinite(reply.statusCode)) return done(null, payload);
    if (unanswered.isKept && reply.statusCode < 400) return done(null, payload);
    keepSent(db, unanswered.repeatable, reply, payload)
      .catch((error: unknown) => answerFault(error, request, reply))
      .then((sent) => done(null, sent), done);
  });
}

/** Whether a kept answer is on its way; if not, this request is the first. */
async function answerAgain(
  db: Kysely<Database>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const repeatable = repeatableOf(request);
  if (repeatable === undefined) return false;
  const kept = await findAnswer(db, repeatable);
  if (kept !== undefined) {
    sendAgain(reply, kept);
    return true;
  }
  const unanswered: Unanswered = { repeatable, isKept: false };
  request.unanswered = unanswered;
  request.keepAnswer = async (trx, { status, body, location }) => {
    const text = body === null ? '' : serialize(reply, status, body);
    const first = await keepOrFind(trx, repeatable, { status, text, location });
    if (first !== undefined) {
      request.unanswered = null;
      throw new AnsweredMeanwhile(first);
    }
    unanswered.isKept = true;
  };
  return false;
}

/** Keeps what is about to be sent; where a twin was answered first, that is sent instead. */
async function keepSent(
  db: Kysely<Database>,
  repeatable: Repeatable,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const text = payload ?? '';
  if (typeof text !== 'string') return payload;
  const location = reply.getHeader('location');
  const first = await keepOrFind(db, repeatable, {
    status: reply.statusCode,
    text,
    location: typeof location === 'string' ? location : undefined,
  });
  if (first === undefined) return payload;
  replyAs(reply, first);
  return first.text === '' ? null : first.text;
}

/** An answer that could not be kept is not given: the repeat might get another. */
function answerFault(error: unknown, request: FastifyRequest, reply: FastifyReply): string {
  reply.removeHeader('location');
  return writeProblem(error, request, reply);
}

function isDefinite(status: number): boolean {
  return status < 500 && status !== 401 && status !== 429;
}

/** As Fastify will, so that the first answer and its repeats are the same to the byte. */
function serialize(reply: FastifyReply, status: number, body: object): string {
  const bySchema = reply.getSerializationFunction(String(status));
  return bySchema === undefined ? JSON.stringify(body) : bySchema({ ...body });
}

/** Runs a write, whose result is the body of the answer, and keeps both for whoever asks again. */
export async function writeOnce<T extends object | null>(
  commit: Commit,
  reply: FastifyReply,
  status: number,
  write: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  const body = await commit(async (trx) => {
    const written = await write(trx);
    await reply.request.keepAnswer(trx, { status, body: written });
    return written;
  });
  reply.code(status);
  return body;
}

/** Runs a write of the booking service, and keeps its answer for whoever asks again. */
export async function bookOnce<T, B extends object | null>(
  reply: FastifyReply,
  answerOf: (value: T) => Answer<B>,
  write: (inTransaction: WriteOptions<T>['inTransaction']) => Promise<Outcome<T>>,
): Promise<B> {
  const outcome = await write((trx, value) => reply.request.keepAnswer(trx, answerOf(value)));
  const { status, body, location } = answerOf(unwrap(outcome));
  reply.code(status);
  if (location !== undefined) reply.header('location', location);
  return body;
}

/** 201, with the path of what was made. */
export function createdUnder<T extends { readonly id: number }, B extends object>(
  path: string,
  wire: (made: T) => B,
): (made: T) => Answer<B> {
  return (made) => ({ status: 201, body: wire(made), location: `${path}/${made.id}` });
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { PROBLEM_TYPE } from '../problem.ts';

/** An answer as it went out: what a repeat gets again. */
export interface KeptAnswer {
  readonly status: number;
  /** Empty where the answer has no body. */
  readonly text: string;
  readonly location?: string | undefined;
}

/** Thrown out of a transaction whose request was answered meanwhile: nothing of it may stay. */
export class AnsweredMeanwhile extends Error {
  override readonly name = 'AnsweredMeanwhile';
  readonly answer: KeptAnswer;

  constructor(answer: KeptAnswer) {
    super('A request with the same Idempotency-Key was answered meanwhile');
    this.answer = answer;
  }
}

const Contents = Type.Object({ text: Type.String(), location: Type.Optional(Type.String()) });
/** Of AES-GCM: https://csrc.nist.gov/pubs/sp/800/38/d/final */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Answers carry manage tokens and addresses: only who knows the key can read one, not who reads the table. */
export function seal({ text, location }: KeptAnswer, secret: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secret, nonce);
  const sealed = [cipher.update(JSON.stringify({ text, location })), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64');
}

/** @throws where it was sealed under another secret, or changed since */
export function unseal(status: number, sealed: string, secret: Buffer): KeptAnswer {
  const bytes = Buffer.from(sealed, 'base64');
  const cipher = createDecipheriv(CIPHER, secret, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const json = Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
  return { status, ...Value.Parse(Contents, JSON.parse(json.toString())) };
}

/** Makes `answer` the reply's own, but for its body. */
export function replyAs(reply: FastifyReply, { status, text, location }: KeptAnswer): void {
  reply.code(status).header('idempotency-replayed', 'true');
  if (location !== undefined) reply.header('location', location);
  if (text !== '') reply.type(status < 400 ? 'application/json; charset=utf-8' : PROBLEM_TYPE);
}

export function sendAgain(reply: FastifyReply, answer: KeptAnswer): FastifyReply {
  replyAs(reply, answer);
  return answer.text === '' ? reply.send() : reply.send(answer.text);
}

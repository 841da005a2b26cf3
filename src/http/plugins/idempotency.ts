import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Transaction } from 'kysely';
import type { Commit } from '../../availability/commit.ts';
import type { Database } from '../../database/schema.ts';

declare module 'fastify' {
  interface FastifyRequest {
    keepAnswer: KeepAnswer;
  }
}

export interface Answer {
  readonly status: number;
  readonly body: object | null;
  /** `Location`, where there is one. */
  readonly location?: string;
}

/** Keeps the answer to a request with an Idempotency-Key in the very transaction that writes; else does nothing. */
export type KeepAnswer = (trx: Transaction<Database>, answer: Answer) => Promise<void>;

export function addIdempotency(app: FastifyInstance): void {
  app.decorateRequest('keepAnswer', async () => {});
}

/** Runs a write whose result is the body of the answer, and keeps it for whoever asks again. */
export async function writeOnce<T extends object | null>(
  commit: Commit,
  request: FastifyRequest,
  status: number,
  write: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return commit(async (trx) => {
    const body = await write(trx);
    await request.keepAnswer(trx, { status, body });
    return body;
  });
}

import type { LightMyRequestResponse } from 'fastify';
import type { Extra, TestServer } from '../server.ts';

export const CREATE = '/api/v2/bookings/create';

export interface Keyed extends Extra {
  readonly key: string;
  readonly method?: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
}

/** Sends a write with an Idempotency-Key. */
export function sendKeyed(
  server: TestServer,
  url: string,
  { key, method = 'POST', headers, ...extra }: Keyed,
): Promise<LightMyRequestResponse> {
  return server.send(method, url, { ...extra, headers: { ...headers, 'idempotency-key': key } });
}

/** What a client reads of an answer; not whether it was given before. */
export function answerOf({ statusCode, headers, body }: LightMyRequestResponse) {
  return { statusCode, type: headers['content-type'], location: headers.location, body };
}

export function isReplayed({ headers }: LightMyRequestResponse): boolean {
  return headers['idempotency-replayed'] === 'true';
}

export async function keptRows({ database }: TestServer): Promise<Record<string, unknown>[]> {
  const { rows } = await database.pool.query('select * from idempotency_key order by created_at');
  return rows;
}

export async function countBookings({ database }: TestServer): Promise<number> {
  const { rows } = await database.pool.query('select count(*)::integer as count from booking');
  return rows[0].count;
}

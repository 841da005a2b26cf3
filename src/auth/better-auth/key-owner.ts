import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { SessionOwner } from './bearer-session.ts';
import type { createBetterAuth } from './better-auth.ts';

type VerifiedKey =
  | { readonly kind: 'owner'; readonly owner: SessionOwner }
  | { readonly kind: 'nobody' }
  /** Used too often; seconds. */
  | { readonly kind: 'rate_limited'; readonly retryAfter: number };

const TOO_OFTEN = new Set(['RATE_LIMITED', 'USAGE_EXCEEDED']);

/**
 * Whose API key this is, and counts this use of it. A key is not a session: it opens our own routes only, never
 * those of better-auth. It outlives the ban of its owner, so the ban is looked up with the owner. A fault of the
 * database may look like a key of nobody.
 */
export async function ownerOfKey(
  auth: ReturnType<typeof createBetterAuth>,
  db: Kysely<Database>,
  key: string,
): Promise<VerifiedKey> {
  const { key: found, error } = await auth.api.verifyApiKey({ body: { key } });
  if (found === null) {
    return TOO_OFTEN.has(String(property(error, 'code')))
      ? { kind: 'rate_limited', retryAfter: retryAfter(error) }
      : { kind: 'nobody' };
  }
  const { rows } = await sql<SessionOwner>`
    select id, name, email, "createdAt" from "user"
    where id = ${Number(found.referenceId)} and (banned is not true or "banExpires" < now())`.execute(db);
  const [owner] = rows;
  return owner === undefined ? { kind: 'nobody' } : { kind: 'owner', owner };
}

/** Seconds; the API-key plugin says milliseconds. */
function retryAfter(error: unknown): number {
  const tryAgainIn = property(property(error, 'details'), 'tryAgainIn');
  return typeof tryAgainIn === 'number' ? Math.max(1, Math.ceil(tryAgainIn / 1000)) : 60;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

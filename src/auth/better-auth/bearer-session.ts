import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';

export interface SessionOwner {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly createdAt: Date;
}

/**
 * Whose session this is, if it was opened or prolonged within the last day: better-auth prolongs it after that,
 * so whatever is not found here is for better-auth to judge. One statement costs 0.2 ms of CPU, its way 3 ms.
 */
export async function ownerOfFreshSession(
  db: Kysely<Database>,
  credentials: Headers,
): Promise<SessionOwner | undefined> {
  const token = rawToken(credentials);
  if (token === undefined) return undefined;
  const { rows } = await sql<SessionOwner>`
    select owner.id, owner.name, owner.email, owner."createdAt"
    from session join "user" as owner on owner.id = session."userId"
    where session.token = ${token} and session."expiresAt" > now()
      and session."updatedAt" > now() - interval '1 day' and owner.banned is not true`.execute(db);
  return rows[0];
}

/** A token as sign-up and sign-in answer it; with a dot it is a signed one, which better-auth verifies. */
function rawToken(credentials: Headers): string | undefined {
  return /^Bearer +([A-Za-z0-9_-]+)$/i.exec(credentials.get('authorization') ?? '')?.[1];
}

import { APIError, createAuthMiddleware, isAPIError } from 'better-auth/api';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/schema.ts';

/**
 * Ends whatever an account has opened: its sessions, those in other people's names, and its API keys. Sessions
 * first, because a session can make another key.
 */
export async function endAccess(db: Kysely<Database>, userId: number): Promise<void> {
  await sql`delete from session where "userId" = ${userId}`.execute(db);
  await endImpersonations(db, userId);
  await deleteKeys(db, userId);
}

/** Ends the sessions that an administrator opened in other people's names. */
export async function endImpersonations(db: Kysely<Database>, userId: number): Promise<void> {
  await sql`delete from session where "impersonatedBy" = ${String(userId)}`.execute(db);
}

/**
 * A hook after better-auth's own routes. API keys end with the password under which they were made, whether or
 * not other sessions do; and no key outlives a session that ended while it made the key.
 */
export function keysFollowAccess(db: Kysely<Database>) {
  return createAuthMiddleware(async ({ path, context: { session, returned } }) => {
    if (session === null || isAPIError(returned)) return;
    if (path === '/change-password') await deleteKeys(db, Number(session.user.id));
    if (path === '/api-key/create' && !(await isOpen(db, session.session.token))) {
      await sql`delete from apikey where id = ${idOf(returned)}`.execute(db);
      throw new APIError('UNAUTHORIZED');
    }
  });
}

async function deleteKeys(db: Kysely<Database>, userId: number): Promise<void> {
  await sql`delete from apikey where "referenceId" = ${String(userId)}`.execute(db);
}

/** Waits for whoever is just ending it. */
async function isOpen(db: Kysely<Database>, token: string): Promise<boolean> {
  const { rows } = await sql`select from session where token = ${token} for key share`.execute(db);
  return rows.length > 0;
}

function idOf(made: unknown): number {
  return typeof made === 'object' && made !== null ? Number(Reflect.get(made, 'id')) : Number.NaN;
}

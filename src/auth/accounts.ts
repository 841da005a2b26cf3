import { isAPIError } from 'better-auth/api';
import { sql } from 'kysely';
import { ownerOfFreshSession, type SessionOwner } from './bearer-session.ts';
import { type AccountsOptions, createBetterAuth } from './better-auth.ts';

export type Account = SessionOwner;

type Identity =
  | {
      readonly kind: 'account';
      readonly account: Account;
      /** `Set-Cookie` values that prolong the session of a page. */
      readonly setCookies: readonly string[];
    }
  | { readonly kind: 'nobody' }
  /** An API key that was used too often; seconds. */
  | { readonly kind: 'rate_limited'; readonly retryAfter: number };

export interface Accounts {
  /** better-auth's own routes, under /api/auth, in its own error format. */
  handle(request: Request): Promise<Response>;
  /** Whose `authorization`, `cookie` or `x-api-key` this is. Rejects as `pg` does when Postgres is away. */
  identify(credentials: Headers): Promise<Identity>;
  /** Creates an account that can sign in, and answers with its id; rejects when the address is taken. */
  create(person: { name: string; email: string; password: string }): Promise<number>;
  /** Gives an account a new password and ends everything that was opened with the old one. */
  takeOver(userId: number, password: string): Promise<void>;
}

const NOBODY: Identity = { kind: 'nobody' };

export function createAccounts(options: AccountsOptions): Accounts {
  const auth = createBetterAuth(options);

  /** better-auth hides what went wrong with its queries: Postgres, asked itself, says whether it is away. */
  async function rejectIfPostgresIsAway(): Promise<void> {
    await sql`select 1`.execute(options.db);
  }

  /** For an API key better-auth answers with the session alone, also when it is asked for headers. */
  async function findSession(headers: Headers) {
    if (headers.has('x-api-key')) {
      const found = await auth.api.getSession({ headers });
      return { user: found?.user, setCookies: [] };
    }
    const found = await auth.api.getSession({ headers, returnHeaders: true });
    return { user: found.response?.user, setCookies: found.headers.getSetCookie() };
  }

  return {
    async handle(request) {
      const response = await auth.handler(request);
      if (response.status >= 500) await rejectIfPostgresIsAway();
      return response;
    },

    async identify(headers) {
      const owner = await ownerOfFreshSession(options.db, headers);
      if (owner !== undefined) return { kind: 'account', account: owner, setCookies: [] };
      try {
        const { user, setCookies } = await findSession(headers);
        // An API key outlives the ban of its owner; a session does not.
        if (user === undefined || user.banned) return NOBODY;
        const { name, email, createdAt } = user;
        return { kind: 'account', account: { id: Number(user.id), name, email, createdAt }, setCookies };
      } catch (error) {
        if (!isAPIError(error) || error.statusCode >= 500) {
          await rejectIfPostgresIsAway();
          throw error;
        }
        return error.statusCode === 429
          ? { kind: 'rate_limited', retryAfter: retryAfter(error.body) }
          : NOBODY;
      }
    },

    async create(person) {
      const { user } = await auth.api.signUpEmail({ body: person });
      return Number(user.id);
    },

    async takeOver(userId, password) {
      const { internalAdapter, password: passwords } = await auth.$context;
      await internalAdapter.updatePassword(String(userId), await passwords.hash(password));
      await internalAdapter.deleteUserSessions(String(userId));
      await sql`delete from apikey where "referenceId" = ${String(userId)}`.execute(options.db);
    },
  };
}

/** Seconds; the API-key plugin says milliseconds. */
function retryAfter(body: unknown): number {
  const details = typeof body === 'object' && body !== null ? Reflect.get(body, 'details') : undefined;
  const tryAgainIn =
    typeof details === 'object' && details !== null ? Reflect.get(details, 'tryAgainIn') : undefined;
  return typeof tryAgainIn === 'number' ? Math.max(1, Math.ceil(tryAgainIn / 1000)) : 60;
}

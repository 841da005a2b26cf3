import { isAPIError } from 'better-auth/api';
import { sql } from 'kysely';
import { ownerOfFreshSession, type SessionOwner } from './better-auth/bearer-session.ts';
import { type AccountsOptions, createBetterAuth } from './better-auth/better-auth.ts';
import { ownerOfKey } from './better-auth/key-owner.ts';
import { endAccess } from './better-auth/revocation.ts';

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
  /** better-auth's own routes, under /api/auth, in its own error format. An API key counts for nothing there. */
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

  async function identifyByKey(key: string): Promise<Identity> {
    const verified = await ownerOfKey(auth, options.db, key);
    if (verified.kind === 'owner') return { kind: 'account', account: verified.owner, setCookies: [] };
    if (verified.kind === 'nobody') await rejectIfPostgresIsAway();
    return verified;
  }

  return {
    async handle(request) {
      const response = await auth.handler(request);
      if (response.status >= 500) await rejectIfPostgresIsAway();
      return response;
    },

    async identify(headers) {
      const key = headers.get('x-api-key');
      if (key !== null) return identifyByKey(key);
      const owner = await ownerOfFreshSession(options.db, headers);
      if (owner !== undefined) return { kind: 'account', account: owner, setCookies: [] };
      try {
        const found = await auth.api.getSession({ headers, returnHeaders: true });
        const user = found.response?.user;
        if (user === undefined || user.banned) return NOBODY;
        const { name, email, createdAt } = user;
        const account = { id: Number(user.id), name, email, createdAt };
        return { kind: 'account', account, setCookies: found.headers.getSetCookie() };
      } catch (error) {
        if (!isAPIError(error) || error.statusCode >= 500) {
          await rejectIfPostgresIsAway();
          throw error;
        }
        return NOBODY;
      }
    },

    async create(person) {
      const { user } = await auth.api.signUpEmail({ body: person });
      return Number(user.id);
    },

    async takeOver(userId, password) {
      const { internalAdapter, password: passwords } = await auth.$context;
      await internalAdapter.updatePassword(String(userId), await passwords.hash(password));
      await endAccess(options.db, userId);
    },
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account, Accounts } from '../../auth/accounts.ts';
import { ownOrigin } from '../own-origin.ts';
import { ProblemError, problem } from '../problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    account: Account | null;
  }
}

/** An `onRequest` hook for routes that need an account. */
export type SignedIn = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** `onRequest` hooks that find out who is there. */
export interface Identity {
  /** 401 without an account. */
  readonly signedIn: SignedIn;
  /** 401 without an account or an `X-Manage-Token`, which the booking is asked with. */
  readonly signedInOrToken: SignedIn;
  /** 401 without an `X-Manage-Token`, whoever asks. */
  readonly withToken: SignedIn;
  /** An account, where credentials say so; otherwise anybody. */
  readonly anybody: SignedIn;
}

/** Without a login: stands for the right to one booking, and to one hold. */
export const MANAGE_TOKEN = 'x-manage-token';
export const HOLD_TOKEN = 'x-hold-token';

const CREDENTIALS = ['authorization', 'x-api-key', 'cookie'] as const;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Accounts are looked up only by the routes that ask for one, before anything else of the request is read. */
export function addIdentity(
  app: FastifyInstance,
  accounts: Accounts,
  publicUrl: string | undefined,
): Identity {
  app.decorateRequest('account', null);

  async function identify(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.header('cache-control', 'private, no-store');
    const credentials = credentialsOf(request);
    if ([...credentials].length === 0) return;
    const byCookie = !credentials.has('authorization') && !credentials.has('x-api-key');
    if (byCookie) refuseForeignPages(request, publicUrl);
    const identity = await accounts.identify(credentials);
    if (identity.kind === 'account') {
      request.account = identity.account;
      if (byCookie) for (const cookie of identity.setCookies) reply.header('set-cookie', cookie);
    }
    if (identity.kind === 'rate_limited') {
      const detail = 'This API key was used too often. Wait a while.';
      throw new ProblemError(problem('rate_limited', detail), { 'retry-after': String(identity.retryAfter) });
    }
  }

  async function signedIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await identify(request, reply);
    if (request.account !== null) return;
    throw new ProblemError(
      problem('unauthenticated', 'Sign in first, and send the token as "Authorization: Bearer <token>".'),
      { 'www-authenticate': 'Bearer' },
    );
  }

  return {
    signedIn,
    signedInOrToken: (request, reply) =>
      (request.headers[MANAGE_TOKEN] === undefined ? signedIn : identify)(request, reply),
    async withToken(request, reply) {
      await identify(request, reply);
      if (request.headers[MANAGE_TOKEN] !== undefined) return;
      throw new ProblemError(
        problem('unauthenticated', 'Send the token of a booking as X-Manage-Token.'),
        // RFC 9110 §11.6.1 wants a challenge with every 401, and no registered one fits.
        { 'www-authenticate': 'Bearer' },
      );
    },
    anybody: identify,
  };
}

/** Whoever signed the request; only on routes behind `signedIn`. */
export function accountOf({ account }: FastifyRequest): Account {
  if (account === null) throw new Error('This route does not ask who is there');
  return account;
}

function credentialsOf({ headers }: FastifyRequest): Headers {
  const credentials = new Headers();
  for (const name of CREDENTIALS) {
    const value = headers[name];
    if (typeof value === 'string') credentials.set(name, value);
  }
  return credentials;
}

/** Browsers send our cookie along when another site makes them write here, but also say which site it was. */
function refuseForeignPages(request: FastifyRequest, publicUrl: string | undefined): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const foreign =
    origin === undefined
      ? site === 'cross-site' || site === 'same-site'
      : origin !== ownOrigin(request, publicUrl);
  if (foreign)
    throw new ProblemError(problem('forbidden', 'Another site may not act for whoever is signed in here.'));
}

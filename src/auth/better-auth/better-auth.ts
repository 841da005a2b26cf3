import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { APIError, isAPIError } from 'better-auth/api';
import { admin, bearer } from 'better-auth/plugins';
import { adminAc, userAc } from 'better-auth/plugins/admin/access';
import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Logger } from '../../log.ts';
import { enqueueMail } from '../../mail/outbox.ts';
import { endAccess, keysFollowAccess } from './revocation.ts';

export interface AccountsOptions {
  readonly db: Kysely<Database>;
  /** Signs cookies; the same on every instance and after every start, or everybody is signed out. */
  readonly secret: string;
  /** Where browsers find us, PUBLIC_URL; without it every request's own host is taken for ours. */
  readonly publicUrl?: string | undefined;
  /** False behind a gateway that limits by itself. */
  readonly rateLimit: boolean;
  readonly log: Logger;
}

/** Carries the client's address from Fastify, which knows the proxies; a client's own is thrown away. */
export const CLIENT_ADDRESS_HEADER = 'x-freshchair-client-address';
export const ACCOUNTS_PATH = '/api/auth';
/** Characters. */
export const NAME_LIMIT = 200;

/** Per client address: a family or a shop behind one address signs up at leisure, a password guesser does not. */
const SIGN_IN_LIMIT = { window: 60, max: 30 };
/** Per client address, too: nobody's mailbox is filled by somebody else. */
const RESET_LIMIT = { window: 900, max: 5 };
/** Seconds; the mail says one hour. */
const RESET_TOKEN_LIFETIME = 3600;
/** Per API key: ten requests a second, for a minute. */
const API_KEY_LIMIT = { timeWindow: 60_000, maxRequests: 600 };

/**
 * Routes of better-auth for its administrators, who are ours of all shops, that would write a role, get round the
 * lock of the last owner, leave bookings and mails of a deleted account behind, or open somebody else's account.
 * What is left looks accounts up and ends sessions.
 */
const CLOSED = [
  'set-role',
  'create-user',
  'update-user',
  'remove-user',
  'ban-user',
  'unban-user',
  'impersonate-user',
  'set-user-password',
  // Reads out their tokens.
  'list-user-sessions',
].map((name) => `/admin/${name}`);

/**
 * better-auth as Freshchair uses it. No cookie cache: each look-up asks Postgres, so a revoked session ends at
 * once.
 */
export function createBetterAuth({ db, secret, publicUrl, rateLimit, log }: AccountsOptions) {
  return betterAuth({
    appName: 'Freshchair',
    basePath: ACCOUNTS_PATH,
    ...(publicUrl === undefined ? {} : { baseURL: publicUrl }),
    trustedOrigins: (request) => (publicUrl === undefined && request ? [new URL(request.url).origin] : []),
    secret,
    // A sign-up is several rows: all of them or none.
    database: { db, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: RESET_TOKEN_LIFETIME,
      // Whoever opened the account before may not have been who can read its mail.
      onPasswordReset: ({ user }) => endAccess(db, Number(user.id)),
      sendResetPassword: ({ user, url, token }) => {
        const { name, email: recipient } = user;
        // A link with the token in it goes to an address that the operator named, not the Host header of a stranger.
        const page = publicUrl !== undefined && new URL(url).searchParams.get('callbackURL') ? { url } : {};
        return enqueueMail(db, {
          template: 'password_reset',
          recipient,
          shopId: null,
          data: { name, token, ...page },
        });
      },
    },
    plugins: [
      bearer(),
      admin({ defaultRole: 'client', adminRoles: ['admin'], roles: { admin: adminAc, client: userAc } }),
      apiKey({
        // Or a key would read out the tokens of all sessions of its owner, and make more keys.
        enableSessionForAPIKeys: false,
        defaultPrefix: 'fc_',
        rateLimit: { enabled: rateLimit, ...API_KEY_LIMIT },
      }),
    ],
    databaseHooks: { user: { create: { before: checkName }, update: { before: checkName } } },
    hooks: { after: keysFollowAccess(db) },
    disabledPaths: CLOSED,
    rateLimit: {
      enabled: rateLimit,
      storage: 'database',
      customRules: {
        '/sign-in/*': SIGN_IN_LIMIT,
        '/sign-up/*': SIGN_IN_LIMIT,
        '/request-password-reset': RESET_LIMIT,
      },
    },
    advanced: {
      database: { generateId: 'serial', validateSchema: false },
      // Said outright, because both are relaxed where NODE_ENV is `test`.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      cookiePrefix: 'freshchair',
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    // What is no answer to the caller is thrown, for Fastify to answer and to log.
    onAPIError: { throw: true },
    logger: { level: 'info', log: (level, message, ...rest) => toLog(log, level, message, rest) },
    telemetry: { enabled: false },
  });
}

/** better-auth takes any text for a name. */
async function checkName({ name }: { name?: string }): Promise<void> {
  if (name === undefined || (name.trim() !== '' && name.length <= NAME_LIMIT)) return;
  throw new APIError('BAD_REQUEST', {
    code: 'INVALID_NAME',
    message: `A name has 1 to ${NAME_LIMIT} characters`,
  });
}

/** better-auth writes e-mail addresses into its messages, and what callers sent beside them. */
function toLog(log: Logger, level: string, message: unknown, rest: readonly unknown[]): void {
  const text = String(message).replace(/\S+@\S+/g, '(address)');
  const err = rest.find((item) => item instanceof Error);
  // What a caller is told of a key that is wrong comes here as an error, too.
  const isFault = err !== undefined && !(isAPIError(err) && err.statusCode < 500);
  if (level === 'error' && isFault) log.error({ err }, `Accounts: ${text}`);
  else log.debug(`Accounts: ${text}`);
}

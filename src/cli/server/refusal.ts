import { CommandError } from '../failure.ts';
import { seconds } from '../terminal/numbers.ts';

export interface RefusedAnswer {
  readonly status: number;
  /** What the server says of it; empty where it says nothing. */
  readonly detail: string;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

/** As whom it was asked. */
export type Identity = { readonly kind: 'key' } | { readonly kind: 'account'; readonly email: string };

const MAKE_KEY = 'make a new one ("freshchair cache --help" says how)';

/** One sentence that says what to do. */
export function refusal(url: string, answer: RefusedAnswer, identity: Identity): CommandError {
  const { status, detail, retryAfter } = answer;
  switch (status) {
    case 401:
      return new CommandError(
        identity.kind === 'key'
          ? `The server at ${url} does not take FRESHCHAIR_API_KEY: ${MAKE_KEY}, or unset it to sign in with a password.`
          : `The session at ${url} has ended: try again.`,
      );
    case 403: {
      const who = identity.kind === 'key' ? 'The owner of FRESHCHAIR_API_KEY' : identity.email;
      return new CommandError(
        `${who} may not do this (${detail}) Ask as an administrator of the shop: with --email, or with a key of theirs.`,
      );
    }
    case 429:
      return new CommandError(
        `The server was asked too often: try again in ${seconds(retryAfter ?? 60)}, or with an API key.`,
      );
    case 503:
      return new CommandError(
        `The server at ${url} cannot reach its Postgres, and knows nobody without it: "freshchair doctor" says more.`,
      );
    default:
      return new CommandError(detail === '' ? `The server at ${url} answered with ${status}.` : detail);
  }
}

export function signInRefusal(url: string, answer: RefusedAnswer, email: string): CommandError {
  const { status } = answer;
  if (status === 401) {
    return new CommandError(
      `The server at ${url} does not take this password for ${email}: set ADMIN_EMAIL and ADMIN_PASSWORD, or choose a new one with "freshchair create-admin".`,
    );
  }
  return refusal(url, answer, { kind: 'account', email });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is its own: name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody we know vouches for its certificate',
};

/** What `fetch` says when there is no answer at all. */
export function unreachable(url: string, error: unknown): CommandError {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code, name, message } = detailsOf(cause);
  const reason = name === 'TimeoutError' ? 'it did not answer in time' : (REASONS[code] ?? (message || code));
  return new CommandError(
    `No Freshchair answers at ${url} (${reason}): start it with "freshchair serve", or say where it is with --url.`,
    { cause: error },
  );
}

function detailsOf(error: unknown): { code: string; name: string; message: string } {
  if (!(error instanceof Error)) return { code: '', name: '', message: String(error) };
  const code: unknown = Reflect.get(error, 'code');
  return { code: typeof code === 'string' ? code : '', name: error.name, message: error.message };
}

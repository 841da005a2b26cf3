import type { Environment } from '../environment.ts';
import { readEnvironment } from '../environment.ts';
import { CommandError } from '../failure.ts';
import { askPassword, canAsk } from '../terminal/prompt.ts';
import { serverAddress } from './address.ts';
import { type Identity, refusal, signInRefusal } from './refusal.ts';
import { type Question, refused, request } from './request.ts';
import type { ServerOptions } from './server-command.ts';

export interface Answer<T> {
  readonly status: number;
  /** As the server sent it. */
  readonly text: string;
  readonly body: T;
}

/** The server, asked as somebody. */
export interface Session {
  readonly url: string;
  /** Ends with Ctrl-C. */
  readonly signal: AbortSignal;
  /** The answer of a status below 400; otherwise it rejects with a `CommandError`. The shop asked for goes along. */
  ask<T>(path: string, question?: Question): Promise<Answer<T>>;
}

interface Credentials {
  readonly identity: Identity;
  readonly headers: Readonly<Record<string, string>>;
}

/** Exit code of what was ended by Ctrl-C. */
const INTERRUPTED = 130;

/** Lets `work` ask the server as an administrator, and signs out afterwards where it had signed in. */
export async function withServer<T>(
  options: ServerOptions,
  work: (session: Session) => Promise<T>,
): Promise<T | undefined> {
  const environment = readEnvironment();
  const url = serverAddress(options.url, environment.config);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  const { signal } = interruption;
  process.once('SIGINT', interrupt);
  try {
    const credentials = await identify(url, options, environment, signal);
    try {
      return await work(openSession(url, options.shop, credentials, signal));
    } finally {
      if (credentials.identity.kind === 'account') await signOut(url, credentials);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = INTERRUPTED;
    return undefined;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function openSession(
  url: string,
  shop: string | undefined,
  { identity, headers }: Credentials,
  signal: AbortSignal,
): Session {
  return {
    url,
    signal,
    async ask<T>(path: string, question: Question = {}) {
      const reply = await request(url, path, {
        ...question,
        query: { shop, ...question.query },
        headers: { ...headers, ...question.headers },
        signal,
      });
      if (reply.status >= 400) throw refusal(url, refused(reply), identity);
      // The server's own schemas say what it is.
      return { status: reply.status, text: reply.text, body: reply.body as T };
    },
  };
}

async function identify(
  url: string,
  { email: asked }: ServerOptions,
  { config }: Environment,
  signal: AbortSignal,
): Promise<Credentials> {
  const key = process.env.FRESHCHAIR_API_KEY;
  if (key && asked === undefined) return { identity: { kind: 'key' }, headers: { 'x-api-key': key } };
  const email = asked ?? config.ADMIN_EMAIL;
  const kept = asked === undefined || asked === config.ADMIN_EMAIL ? config.ADMIN_PASSWORD : undefined;
  const password = kept ?? (await passwordFromPerson(email));
  const body = { email, password };
  const reply = await request(url, '/api/auth/sign-in/email', { method: 'POST', body, signal });
  if (reply.status >= 400) throw signInRefusal(url, refused(reply), email);
  const { token } = { token: '', ...(reply.body as object) };
  return { identity: { kind: 'account', email }, headers: { authorization: `Bearer ${token}` } };
}

async function passwordFromPerson(email: string): Promise<string> {
  if (canAsk()) return askPassword(`Password of ${email}: `);
  throw new CommandError(
    'Nobody can be asked for a password here: set FRESHCHAIR_API_KEY, or ADMIN_EMAIL and ADMIN_PASSWORD.',
  );
}

/** A session that could not be ended ends by itself. */
async function signOut(url: string, { headers }: Credentials): Promise<void> {
  await request(url, '/api/auth/sign-out', { method: 'POST', body: {}, headers }).catch(() => {});
}

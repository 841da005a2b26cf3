import { report } from './connection.ts';
import type { Problem } from './wire.ts';

/** The server understood and said no, and why. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }
}

/** There was no answer, or one that says to try again: no network, no server, no database. */
export class Away extends Error {
  override readonly name = 'Away';
}

type Value = string | number | boolean | undefined | null;

export interface Ask {
  readonly query?: Readonly<Record<string, Value>>;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Is shown the headers of the answer. */
  readonly seen?: (headers: Headers) => void;
}

/** By how much this device's clock is ahead of the server's, ms; the server decides what is late. */
let ahead = 0;

/** What time it is at the server, to the second. */
export function serverNow(): number {
  return Date.now() - ahead;
}

/** How long an answer may take; the server gives up on Postgres before. */
const LIMIT_MS = 20_000;

export const api = {
  get: <T>(path: string, ask?: Ask) => send<T>('GET', path, ask),
  post: <T>(path: string, ask?: Ask) => send<T>('POST', path, ask),
  put: <T>(path: string, ask?: Ask) => send<T>('PUT', path, ask),
  patch: <T>(path: string, ask?: Ask) => send<T>('PATCH', path, ask),
  delete: <T = null>(path: string, ask?: Ask) => send<T>('DELETE', path, ask),
  /** What is not JSON, as a file. */
  file,
};

/** `path` is below the server, as in `/api/v2/shop`. Rejects with `Refused` or `Away`, or as `signal` says. */
async function send<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
  const answer = await fetched(method, path, ask);
  ask.seen?.(answer.headers);
  if (answer.status === 204) {
    report('here');
    return null as T;
  }
  const content: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok || content === undefined) throw failureOf(answer.status, content);
  report('here');
  return content as T;
}

async function file(path: string, ask: Ask = {}): Promise<Blob> {
  const answer = await fetched('GET', path, ask);
  if (!answer.ok) throw failureOf(answer.status, await answer.json().catch(() => undefined));
  const content = await answer.blob().catch((cause: unknown) => {
    report('away');
    throw new Away('No answer', { cause });
  });
  report('here');
  return content;
}

async function fetched(method: string, path: string, ask: Ask): Promise<Response> {
  const { query = {}, body, signal } = ask;
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, String(value));
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(ask.headers ?? {}))
    if (value !== undefined) headers.set(name, value);
  // `AbortSignal.any` is too new for the phones of many clients.
  const stop = new AbortController();
  setTimeout(() => stop.abort(), LIMIT_MS);
  signal?.addEventListener('abort', () => stop.abort(), { once: true });
  if (signal?.aborted) stop.abort();
  const answer = await fetch(url, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: stop.signal,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    report('away');
    throw new Away('No answer', { cause });
  });
  const date = Date.parse(answer.headers.get('date') ?? '');
  // The header leaves out the part of a second.
  if (!Number.isNaN(date)) ahead = Date.now() - (date + 500);
  return answer;
}

/** Why it was not answered as asked; also takes note of whether the server is there. */
function failureOf(status: number, content: unknown): Refused | Away {
  const isAway = status >= 500 || content === undefined;
  report(isAway && status >= 502 ? 'away' : 'here');
  return isAway ? new Away(`Status ${status}`) : new Refused(problemOf(content, status));
}

/** better-auth, under /api/auth, has a format of its own: `{code, message}`, and no code for too many requests. */
function problemOf(content: unknown, status: number): Problem {
  const { code, message, detail, title, type, errors } = Object(content);
  return {
    type: String(type ?? 'about:blank'),
    title: String(title ?? ''),
    status,
    detail: String(detail ?? message ?? ''),
    code: String(code ?? (status === 429 ? 'rate_limited' : '')).toLowerCase() as Problem['code'],
    ...(Array.isArray(errors) && { errors }),
  };
}

/** All pages of a list, as far as anybody scrolls. */
export async function everything<T>(path: string, ask: Ask = {}): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: number | null | undefined; cursor !== null && all.length < 5_000; ) {
    const query = { limit: 200, ...ask.query, cursor };
    const page: { items: T[]; next_cursor: number | null } = await api.get(path, { ...ask, query });
    all.push(...page.items);
    cursor = page.next_cursor;
  }
  return all;
}

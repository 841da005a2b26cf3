import { CommandError } from '../failure.ts';
import { printable } from '../terminal/screen.ts';
import { type RefusedAnswer, unreachable } from './refusal.ts';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly status: number;
  /** As it was sent. */
  readonly text: string;
  /** Its texts may be written to a terminal. */
  readonly body: unknown;
  readonly retryAfter: number | undefined;
}

const LIMIT_MS = 30_000;

/** What a server answers, whatever the status; rejects with a `CommandError` where no Freshchair does. */
export async function request(address: string, path: string, question: Question = {}): Promise<Reply> {
  const { method = 'GET', query = {}, body, headers = {}, signal } = question;
  const url = new URL(`${address}${path}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const limit = AbortSignal.timeout(LIMIT_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        accept: 'application/json',
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
      // A key must not be carried to another host.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    });
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(address, error);
  }
  if (response.status >= 300 && response.status < 400) throw redirected(address, response);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    status: response.status,
    text,
    body: parse(address, response, text),
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
  };
}

/** A problem of ours (`detail`), or one of the accounts (`message`). */
export function refused({ status, body, retryAfter }: Reply): RefusedAnswer {
  const { detail, message } = { detail: '', message: '', ...(typeof body === 'object' ? body : {}) };
  return { status, retryAfter, detail: String(detail || message) };
}

function redirected(address: string, response: Response): CommandError {
  const to = response.headers.get('location') ?? '';
  const origin = URL.canParse(to, address) ? new URL(to, address).origin : 'another place';
  return new CommandError(`The server at ${address} sends us on to ${origin}: say so with --url.`);
}

function parse(address: string, response: Response, text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? printable(value) : value));
  } catch (cause) {
    // A proxy in between says that what is behind it is gone.
    const gateway = response.status >= 500 ? `, but an error ${response.status}` : '';
    throw new CommandError(
      `What answers at ${address} is no Freshchair${gateway}: say where it is with --url.`,
      { cause },
    );
  }
}

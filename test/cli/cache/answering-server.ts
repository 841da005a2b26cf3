import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  ADVICE,
  FORECAST,
  HEALTH,
  INVALIDATION,
  SETTINGS,
  STATS,
  TRENDS,
  WARM_UP,
  WARMING_UP,
} from './documents.ts';

/** What it was asked, and as whom. */
export interface Asked {
  readonly route: string;
  readonly query: string;
  readonly body: unknown;
  readonly token: string | undefined;
  readonly key: string | undefined;
}

export interface Reply {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AnsweringServer {
  readonly url: string;
  /** In the order in which it came, since `forget`. */
  readonly asked: readonly Asked[];
  /** From now on this route answers so: the last of them again and again. */
  answer(route: string, ...replies: readonly Reply[]): void;
  /** Everything as at the beginning. */
  forget(): void;
  close(): Promise<void>;
}

export const EMAIL = 'admin@example.com';
export const PASSWORD = 'correct horse';
export const KEY = 'fc_key';
const TOKEN = 'token-of-a-session';

const ROUTES: Readonly<Record<string, readonly Reply[]>> = {
  'GET /api/v2/cache/health': [{ body: HEALTH }],
  'GET /api/v2/cache/stats': [{ body: STATS }],
  'GET /api/v2/cache/monitoring/trends': [{ body: TRENDS }],
  'GET /api/v2/cache/forecast': [{ body: FORECAST }],
  'GET /api/v2/cache/advice': [{ body: ADVICE }],
  'GET /api/v2/cache/settings': [{ body: SETTINGS }],
  'PUT /api/v2/cache/settings': [{ body: SETTINGS }],
  'GET /api/v2/shop': [{ body: { timezone: 'America/New_York' } }],
  'POST /api/v2/cache/invalidate/all-slots': [{ body: INVALIDATION }],
  'POST /api/v2/cache/invalidate/business-settings': [{ body: INVALIDATION }],
  'POST /api/v2/cache/invalidate/date-range': [{ body: INVALIDATION }],
  'POST /api/v2/cache/invalidate/barber/3': [{ body: INVALIDATION }],
  'POST /api/v2/cache/warm-up': [{ status: 202, body: WARMING_UP }],
  'GET /api/v2/cache/warm-up/17': [{ body: WARMING_UP }, { body: WARM_UP }],
};

/** A server that knows one administrator, and answers what it is told to. The end-to-end tests say which. */
export async function startAnsweringServer(): Promise<AnsweringServer> {
  const asked: Asked[] = [];
  const replies = new Map<string, Reply[]>();
  const forget = () => {
    asked.length = 0;
    replies.clear();
    for (const [route, list] of Object.entries(ROUTES)) replies.set(route, [...list]);
  };
  forget();

  async function replyTo(request: IncomingMessage): Promise<Reply> {
    const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
    const sent = await text(request);
    const body: unknown = sent === '' ? undefined : JSON.parse(sent);
    const token = request.headers.authorization?.replace('Bearer ', '');
    const key = request.headers['x-api-key']?.toString();
    const route = `${request.method} ${pathname}`;
    asked.push({ route, query: search, body, token, key });
    const list = replies.get(route) ?? [];
    const told = list.length > 1 ? list.shift() : list[0];
    if (pathname.startsWith('/api/auth/')) return told ?? account(pathname, body);
    if (token !== TOKEN && key !== KEY)
      return problem(401, 'unauthenticated', 'Sign in to do this, or send an API key.');
    return told ?? problem(404, 'not_found', 'There is nothing here.');
  }

  const server = createServer((request, response) => {
    void replyTo(request).then(({ status = 200, body, headers }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer: (route, ...list) => {
      replies.set(route, [...list]);
    },
    forget,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function account(path: string, body: unknown): Reply {
  if (path !== '/api/auth/sign-in/email') return { body: { success: true } };
  const { email, password } = { email: '', password: '', ...(body as object) };
  return email === EMAIL && password === PASSWORD
    ? { body: { token: TOKEN } }
    : { status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' } };
}

export function problem(status: number, code: string, detail: string): Reply {
  return { status, body: { type: 'about:blank', title: code, status, code, detail } };
}

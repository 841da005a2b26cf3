import { Agent, request } from 'node:http';
import { sql } from 'kysely';
import { type RunningServer, serve, signUp } from '../../cli/freshchair.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import type { Client } from './shop.ts';

const ADMIN = { email: 'admin@example.com', password: 'correct horse' };

export type Caller = Client | 'admin' | 'nobody';

export interface Answer {
  /** '201', or '409 slot_taken'. */
  readonly summary: string;
  /** Empty where there is none. */
  readonly text: string;
}

/** Of a request: who sends it, and what. */
export interface Asked {
  readonly as?: Caller;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Two processes over one database. */
export interface Servers {
  readonly database: TestDatabase;
  readonly userIds: Readonly<Record<Client, number>>;
  send(process: number, method: string, path: string, asked?: Asked): Promise<Answer>;
  /** What both have printed: their errors. */
  output(): string;
  close(): Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const database = await createTestDatabase();
  const env = {
    DATABASE_URL: database.connectionString,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'error',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
  };
  const running: RunningServer[] = [];
  // One after the other: the first makes the administrator.
  for (let i = 0; i < 2; i++) running.push(await serve(env));
  const urls = running.map(({ url }) => url);
  const [url = ''] = urls;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const tokens: Record<Caller, string | undefined> = {
    ada: await signUp(url, 'ada@example.com'),
    ben: await signUp(url, 'ben@example.com'),
    admin: await signIn(url),
    nobody: undefined,
  };
  const userId = async (email: string) => {
    const { rows } = await sql<{ id: number }>`select id from "user" where email = ${email}`.execute(
      database.db,
    );
    return rows[0]?.id ?? 0;
  };

  return {
    database,
    userIds: { ada: await userId('ada@example.com'), ben: await userId('ben@example.com') },
    async send(process, method, path, { as = 'nobody', body, headers } = {}) {
      const token = tokens[as];
      const { status, text } = await exchange(agent, `${urls[process]}/api/v2${path}`, {
        method,
        headers: {
          ...headers,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? '' : JSON.stringify(body),
      });
      return { summary: status < 300 ? `${status}` : `${status} ${codeIn(text)}`, text };
    },
    output: () => running.map((server) => server.output()).join('\n'),
    async close() {
      agent.destroy();
      await Promise.all(running.map((server) => server.stop()));
      await database.close();
    },
  };
}

interface Exchanged {
  readonly status: number;
  readonly text: string;
}

/** A third of the time that `fetch` takes, and there are thousands. */
function exchange(
  agent: Agent,
  url: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body: string },
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function codeIn(text: string): string {
  const { code }: { code: string } = JSON.parse(text);
  return code;
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  const { token }: { token: string } = JSON.parse(await response.text());
  return token;
}

import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETTINGS } from '../../src/config.ts';
import { type RunningProcess, startProcess } from '../support/processes.ts';

/** The built program: `npm test` builds it before. */
export const FRESHCHAIR = fileURLToPath(new URL('../../dist/cli/freshchair.js', import.meta.url));

type Env = Readonly<Record<string, string | undefined>>;

/** No setting of whoever runs the tests reaches the program. */
const NO_SETTINGS: Env = Object.fromEntries(
  Object.keys(SETTINGS.properties).map((name) => [name, undefined]),
);

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, in a folder without `.env` unless one is given. */
export function run(args: readonly string[], env: Env = {}, cwd = tmpdir()): Promise<Finished> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...NO_SETTINGS, ...env } };
    const child = execFile(process.execPath, [FRESHCHAIR, ...args], options, (_failed, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

export interface RunningServer extends RunningProcess {
  readonly url: string;
}

const running = new Set<RunningServer>();

/** Ends what a test that failed has left running. */
export async function killServers(): Promise<void> {
  for (const server of running) await server.killTree();
}

/** Starts `serve` on a free port, and waits until it says where it is. */
export async function serve(env: Env, shell?: string): Promise<RunningServer> {
  const started = await startProcess({
    ...(shell === undefined
      ? { command: process.execPath, args: [FRESHCHAIR, 'serve'] }
      : { command: 'sh', args: ['-c', shell] }),
    cwd: tmpdir(),
    env: { ...NO_SETTINGS, PORT: '0', ...env },
    ownGroup: true,
    ready: /Address\s+(\S+)[\s\S]*Ctrl-C/,
  });
  const server = { ...started, url: started.ready[1] ?? '' };
  running.add(server);
  void server.ended.then(() => running.delete(server));
  return server;
}

export interface Place {
  readonly dataDir: string;
  /** The embedded Postgres that runs on the data, if one does. */
  postmaster(): Promise<number | undefined>;
  remove(): Promise<void>;
}

/** A folder for data, which the account of the embedded Postgres can enter. */
export async function createPlace(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'fc-cli-'));
  await chmod(root, 0o755);
  const dataDir = join(root, 'data');
  return {
    dataDir,
    async postmaster() {
      const file = join(dataDir, 'postgres', 'pgdata', 'postmaster.pid');
      const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
      return pid > 0 && isAlive(pid) ? pid : undefined;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the server sends
  readonly body: any;
}

/** A request as a program sends it. */
export async function request(url: string, body?: object, token?: string): Promise<Answer> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
}

/** Opens an account and answers with its token. */
export async function signUp(url: string, email = 'ada@example.com'): Promise<string> {
  const person = { name: 'Ada', email, password: 'correct horse' };
  const { body } = await request(`${url}/api/auth/sign-up/email`, person);
  return body.token;
}

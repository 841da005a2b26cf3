import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded.ts';
import { type ProcessOptions, type RunningProcess, startProcess } from './processes.ts';

/** Temporary folders to start embedded servers in, by this process and by others; `close` ends all of them. */
export interface EmbeddedScene {
  readonly root: string;
  readonly dataDir: string;
  readonly sharedDir: string;
  readonly messages: readonly string[];
  start(options?: { dataDir?: string }): Promise<EmbeddedPostgres>;
  /** Starts another process that owns the data. Needs `npm run build`. */
  startOwner(options?: { ready?: RegExp; embedded?: string; dataDir?: string }): Promise<RunningProcess>;
  query(connectionString: string, sql: string): Promise<unknown[]>;
  /** Resolves once the query finds something. */
  sees(connectionString: string, sql: string): Promise<void>;
  /** Resolves once such a message is logged. */
  logs(pattern: RegExp): Promise<string>;
  postmasterPid(): Promise<number>;
  /** Ends every server and every owner; the data stays. */
  stopAll(): Promise<void>;
  close(): Promise<void>;
}

const OWNER = fileURLToPath(new URL('./embedded-owner.js', import.meta.url));
const BUILT = fileURLToPath(new URL('../../dist/database/embedded.js', import.meta.url));

export async function createEmbeddedScene(): Promise<EmbeddedScene> {
  const root = await mkdtemp(join(tmpdir(), 'fc-'));
  await chmod(root, 0o755);
  const sharedDir = join(root, 'shared');
  const dataDir = join(root, 'data');
  const servers: EmbeddedPostgres[] = [];
  const owners: RunningProcess[] = [];
  const messages: string[] = [];
  const listeners = new Set<(message: string) => void>();
  const hear = (message: string): void => {
    messages.push(message);
    for (const listener of listeners) listener(message);
  };

  const start: EmbeddedScene['start'] = async (options = {}) => {
    const log = { info: hear, warn: hear };
    const server = await startEmbeddedPostgres({ dataDir, sharedDir, log, ...options });
    servers.push(server);
    return server;
  };

  const query: EmbeddedScene['query'] = async (connectionString, sql) => {
    const client = new pg.Client({ connectionString });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<object>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  const stopAll: EmbeddedScene['stopAll'] = async () => {
    await Promise.all(owners.map((owner) => owner.killTree()));
    await Promise.all(servers.map((server) => server.close()));
    // Some servers may have lost their owner on purpose.
    if (owners.length > 0) await (await start()).close();
    owners.length = 0;
    servers.length = 0;
  };

  return {
    root,
    dataDir,
    sharedDir,
    messages,
    start,
    query,
    async startOwner(options = {}) {
      const args = [OWNER, options.embedded ?? BUILT, options.dataDir ?? dataDir, sharedDir];
      const process_: ProcessOptions = {
        command: process.execPath,
        args,
        ready: options.ready ?? /ready (\S+)/,
      };
      const owner = await startProcess(process_);
      owners.push(owner);
      return owner;
    },
    async sees(connectionString, sql) {
      while ((await query(connectionString, sql)).length === 0) await sleep(5);
    },
    logs: (pattern) =>
      new Promise((resolve) => {
        const listener = (message: string): void => {
          if (!pattern.test(message)) return;
          listeners.delete(listener);
          resolve(message);
        };
        listeners.add(listener);
      }),
    async postmasterPid() {
      const text = await readFile(join(dataDir, 'postgres', 'pgdata', 'postmaster.pid'), 'utf8');
      return Number.parseInt(text, 10);
    },
    stopAll,
    async close() {
      await stopAll();
      await rm(root, { recursive: true, force: true });
    },
  };
}

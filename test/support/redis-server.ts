import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import { type RunningProcess, startProcess } from './processes.ts';
import { redisBinary } from './programs.ts';

/** A real Redis of a test's own, on a port of 127.0.0.1 that stays the same over restarts. */
export interface RedisServer {
  /** `redis://127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  /** The process that runs now, or ran last. */
  readonly pid: number;
  /** Its working folder: `dump.rdb` is written here, and read from here at a start. */
  readonly dir: string;
  /** Ends it for good, and removes its folder. */
  stop(): Promise<void>;
  /** kill -9: nothing is saved, connections break off. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay, new ones are accepted by the kernel, nothing is answered. */
  pause(): void;
  resume(): void;
  /** Kills it if it runs, and starts it again with what is in `dir`: with nothing unless something was saved. */
  restart(): Promise<void>;
}

export interface RedisServerOptions {
  /** Further arguments, such as `['--maxmemory', '2mb']`; of one that is given twice the last counts. */
  readonly args?: readonly string[];
  /** Runs as a Sentinel with this configuration file, whose port must be `port`. */
  readonly sentinel?: { readonly file: string };
  readonly port?: number;
}

/** Nothing is saved by itself; it hears 127.0.0.1 alone. */
const PLAIN = ['--save', '', '--appendonly', 'no', '--protected-mode', 'yes', '--daemonize', 'no'];
const READY = /Ready to accept connections|Sentinel ID is/;

export async function startRedisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const { args = [], sentinel, port = await freePort() } = options;
  const command = redisBinary();
  const dir = await mkdtemp(join(tmpdir(), 'fc-redis-'));
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir];
  const all = sentinel ? [sentinel.file, '--sentinel', ...place, ...args] : [...place, ...PLAIN, ...args];
  const start = () => startProcess({ command, args: all, ready: READY });
  let running: RunningProcess = await start().catch(async (error: unknown) => {
    await rm(dir, { recursive: true, force: true });
    throw error;
  });
  const signal = (name: NodeJS.Signals) => process.kill(running.pid, name);
  const kill = async () => {
    await running.kill();
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return running.pid;
    },
    dir,
    async stop() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
    kill,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async restart() {
      await kill();
      running = await start();
    },
  };
}

import { spawn } from 'node:child_process';
import { descendants } from './process-table.ts';

export interface ProcessOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to our own environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Leads a process group of its own, `-pid`, as a terminal would give it; default `false`. */
  readonly ownGroup?: boolean;
  /** Looked for in the output (stdout and stderr); `start` waits for it. */
  readonly ready: RegExp;
  readonly readyLimitMs?: number;
}

interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly pid: number;
  /** What `ready` matched, with its groups. */
  readonly ready: RegExpExecArray;
  readonly ended: Promise<ProcessEnd>;
  output(): string;
  /** Resolves once `pattern` appears in the output. */
  prints(pattern: RegExp, limitMs?: number): Promise<RegExpExecArray>;
  /** Asks it to end, as `kill` or Ctrl-C would, and waits for that. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<ProcessEnd>;
  /** kill -9 of this process alone: what it started lives on. */
  kill(): Promise<ProcessEnd>;
  /** kill -9 of this process and of everything below it, in process groups of their own or not. */
  killTree(): Promise<ProcessEnd>;
}

const READY_LIMIT_MS = 30_000;

/** Starts a program and waits until its output says that it is ready; rejects with that output if it never does. */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { command, args = [], env = {}, cwd, ready, readyLimitMs = READY_LIMIT_MS } = options;
  const child = spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    detached: options.ownGroup ?? false,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let onOutput = (): void => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      onOutput();
    });
  }
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve({ code: null, signal: null });
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });

  const prints = (pattern: RegExp, limitMs = READY_LIMIT_MS): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const giveUp = (reason: string) => reject(new Error(`${command} ${reason}: ${output}`));
      const timer = setTimeout(giveUp, limitMs, `did not print ${pattern} within ${limitMs} ms`);
      const look = () => {
        const found = pattern.exec(output);
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      };
      const previous = onOutput;
      onOutput = () => {
        previous();
        look();
      };
      void ended.then(() => {
        clearTimeout(timer);
        giveUp('ended early');
      });
      look();
    });

  const signalAll = async (pids: readonly number[], signal: NodeJS.Signals): Promise<ProcessEnd> => {
    for (const pid of pids) sendSignal(pid, signal);
    return ended;
  };
  const pid = child.pid ?? 0;
  const tree = async () => [pid, ...(await descendants(pid))];
  const found = await prints(ready, readyLimitMs).catch(async (error: unknown) => {
    if (pid > 0) await signalAll(await tree(), 'SIGKILL');
    throw error;
  });
  return {
    pid,
    ready: found,
    ended,
    output: () => output,
    prints,
    stop: (signal = 'SIGTERM') => signalAll([pid], signal),
    kill: () => signalAll([pid], 'SIGKILL'),
    // The root first: it must not see its children die, and restart them.
    killTree: async () => signalAll(await tree(), 'SIGKILL'),
  };
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}

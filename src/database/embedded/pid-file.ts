import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemErrorCode } from './errors.ts';

const execute = promisify(execFile);

export interface PidFile {
  readonly pid: number;
  readonly socketDirectory: string;
  /** `starting`, `ready`, `stopping`, or empty while the file is still being written. */
  readonly status: string;
}

/** Reads `postmaster.pid`: pid, data, start time, port, socket folder, address, shared memory, status, a line each. */
export async function readPidFile(pgdata: string): Promise<PidFile | undefined> {
  const text = await readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!(pid > 0)) return undefined;
  return { pid, socketDirectory: lines[4] ?? '', status: (lines[7] ?? '').trim() };
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

/**
 * Whether process `pid` is a server on this data, by its command line: the pid of a file left behind may belong to
 * any other program by now, most of all in a container, where pids are small.
 */
export async function serves(pid: number, pgdata: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  try {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    return args[1] === '-D' && args[2] === pgdata;
  } catch {
    // No /proc on macOS; a process that ended meanwhile has no entry, and ps does not find it either.
    const command = await execute('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }));
    return command.stdout.trim().endsWith(` -D ${pgdata}`);
  }
}

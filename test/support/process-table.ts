import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** The pids of everything that `pid` started, directly or not, in whatever process groups. */
export async function descendants(pid: number): Promise<readonly number[]> {
  const table = await processTable();
  const found = [pid];
  for (const ancestor of found) {
    for (const entry of table) if (entry.parent === ancestor) found.push(entry.pid);
  }
  return found.slice(1);
}

/** The group that a terminal's Ctrl-C reaches `pid` through. */
export async function processGroup(pid: number): Promise<number | undefined> {
  return (await processTable()).find((entry) => entry.pid === pid)?.group;
}

/** From /proc where there is one: a minimal Debian has no ps. */
async function processTable(): Promise<readonly Entry[]> {
  const names = await readdir('/proc').catch((): string[] => []);
  const pids = names.filter((name) => /^\d+$/.test(name));
  if (pids.length === 0) return fromPs();
  return Promise.all(
    pids.map(async (pid) => {
      // "pid (name) state ppid pgrp …"; the name may hold anything, so count from its closing bracket.
      const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [, parent, group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return { pid: Number(pid), parent: Number(parent), group: Number(group) };
    }),
  );
}

async function fromPs(): Promise<readonly Entry[]> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,pgid=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, group = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, group };
    });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { chown, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { type Cluster, prepareSocketDirectory } from './cluster.ts';
import { explainSpawnFailure, spawnOptions } from './command.ts';
import { EmbeddedPostgresError, systemErrorCode } from './errors.ts';
import { isAlive, readPidFile, serves } from './pid-file.ts';
import { postgresSettings } from './settings.ts';

export interface Postmaster {
  readonly pid: number;
  readonly socketDirectory: string;
  /** Whether it was running already, left behind by a process that was killed. */
  readonly found: boolean;
}

/** Recovery after a power loss reads the log since the last checkpoint: seconds for us, but never cut it short. */
const START_LIMIT_MS = 300_000;
/** The backends of a killed postmaster notice within a moment, and until then keep its shared memory. */
const LEFTOVER_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 60_000;
const POLL_MS = 10;
const LOG_LIMIT_BYTES = 10_000_000;

/** Finds the server that is running on this data, or starts it, and waits until it takes connections. */
export async function ensureRunning(
  cluster: Cluster,
  binaries: Binaries,
  durable: boolean,
): Promise<Postmaster> {
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  const leftovers = AbortSignal.timeout(LEFTOVER_LIMIT_MS);
  while (!limit.aborted) {
    const pidFile = await readPidFile(cluster.pgdata);
    if (pidFile && (await serves(pidFile.pid, cluster.pgdata))) {
      if (pidFile.status === 'ready') {
        return { pid: pidFile.pid, socketDirectory: pidFile.socketDirectory, found: true };
      }
      await sleep(POLL_MS);
      continue;
    }
    // Postgres itself sees through a pid that is gone, not through one that another program has by now.
    if (pidFile && isAlive(pidFile.pid)) await removeStalePidFiles(cluster, pidFile.socketDirectory);
    const outcome = await start(cluster, binaries, durable, limit);
    if (outcome.kind === 'ready') return outcome.postmaster;
    if (!outcome.occupied || leftovers.aborted) throw startFailure(cluster, outcome.reason);
    await sleep(10 * POLL_MS);
  }
  throw startFailure(cluster, `it was not ready after ${START_LIMIT_MS / 1000} s`);
}

function startFailure({ logFile }: Cluster, reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'start_failed',
    `Postgres did not start: ${reason}. Its log is ${logFile}.`,
  );
}

/** Without a pid file two servers still cannot share the data: the second finds the first one's shared memory. */
async function removeStalePidFiles({ pgdata }: Cluster, socketDirectory: string): Promise<void> {
  await rm(join(pgdata, 'postmaster.pid'), { force: true });
  if (socketDirectory) await rm(join(socketDirectory, '.s.PGSQL.5432.lock'), { force: true });
}

type StartOutcome =
  | { kind: 'ready'; postmaster: Postmaster }
  | { kind: 'ended'; occupied: boolean; reason: string };

async function start(
  cluster: Cluster,
  binaries: Binaries,
  durable: boolean,
  limit: AbortSignal,
): Promise<StartOutcome> {
  const socketDirectory = await prepareSocketDirectory(cluster);
  await writeFile(join(cluster.pgdata, 'postgresql.conf'), postgresSettings(socketDirectory, durable));
  const log = await openLog(cluster);
  try {
    // A group (and session) of its own: Ctrl-C in a terminal reaches us, and we stop the server when we are done with it.
    const child = spawn(binaries.postgres, ['-D', cluster.pgdata], {
      ...spawnOptions(cluster.home, cluster.user),
      detached: true,
      stdio: ['ignore', log.handle.fd, log.handle.fd],
    });
    const ended = endOf(child);
    child.unref();
    while (!limit.aborted) {
      const end = await Promise.race([ended, sleep(POLL_MS)]);
      if (end) return { kind: 'ended', ...(await explainEnd(cluster, log.offset, end)) };
      const pidFile = await readPidFile(cluster.pgdata);
      if (pidFile && pidFile.pid === child.pid && pidFile.status === 'ready') {
        return { kind: 'ready', postmaster: { pid: pidFile.pid, socketDirectory, found: false } };
      }
    }
    child.kill('SIGQUIT');
    return { kind: 'ended', occupied: false, reason: 'it took too long' };
  } finally {
    await log.handle.close();
  }
}

function endOf(child: ChildProcess): Promise<{ description: string }> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(explainSpawnFailure(error) ?? error));
    child.once('exit', (code, signal) => resolve({ description: signal ?? `status ${code}` }));
  });
}

async function explainEnd({ logFile }: Cluster, offset: number, end: { description: string }) {
  const written = (await readFile(logFile)).subarray(offset).toString();
  const occupied = /lock file ".*" already exists|pre-existing shared memory block/.test(written);
  const fatal = written.split('\n').findLast((line) => /\b(FATAL|PANIC):/.test(line));
  return {
    occupied,
    reason: fatal?.replace(/^.*(?:FATAL|PANIC):\s*/, '') ?? `it ended with ${end.description}`,
  };
}

async function openLog({ logFile, user }: Cluster) {
  const { size } = await stat(logFile).catch(() => ({ size: 0 }));
  if (size > LOG_LIMIT_BYTES) await rename(logFile, `${logFile}.1`);
  const handle = await open(logFile, 'a', 0o600);
  if (user) await chown(logFile, user.uid, user.gid);
  return { handle, offset: size > LOG_LIMIT_BYTES ? 0 : size };
}

/** A fast shutdown: sessions are ended, everything is written out, and the next start needs no recovery. */
export async function stopPostmaster(cluster: Cluster, { pid }: Postmaster): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    const limit = AbortSignal.timeout(STOP_LIMIT_MS);
    try {
      if (await serves(pid, cluster.pgdata)) process.kill(pid, signal);
    } catch (error) {
      if (systemErrorCode(error) !== 'ESRCH') throw error;
    }
    while (!limit.aborted) {
      if (!(await serves(pid, cluster.pgdata))) return;
      await sleep(POLL_MS);
    }
  }
  throw new EmbeddedPostgresError(
    'stop_failed',
    `Postgres (process ${pid}) does not stop. Its log is ${cluster.logFile}.`,
  );
}

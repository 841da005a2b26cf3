import { type SpawnOptions, spawn } from 'node:child_process';
import { EmbeddedPostgresError, systemErrorCode } from './errors.ts';
import type { ServerUser } from './server-user.ts';

/**
 * What every Postgres program is spawned with: as `user` (without root's groups), and without the PG* variables of
 * whoever started us, which would point initdb and postgres elsewhere.
 */
export function spawnOptions(home: string, user: ServerUser | undefined): SpawnOptions {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  return { cwd: home, env, ...(user && { uid: user.uid, gid: user.gid }) };
}

/** Runs a program to its end; rejects with what it wrote to stderr when that end is not a success. */
export function run(command: string, args: readonly string[], options: SpawnOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${signal ?? `status ${code}`}: ${stderr.trim()}`));
    });
  });
}

/** A binary that is there but cannot be executed was built for another system (musl instead of glibc, mostly). */
export function explainSpawnFailure(cause: unknown): EmbeddedPostgresError | undefined {
  const code = systemErrorCode(cause);
  if (code !== 'ENOENT' && code !== 'ENOEXEC' && code !== 'EACCES') return undefined;
  return new EmbeddedPostgresError(
    'unsupported_platform',
    'The Postgres that comes with Freshchair does not run on this system. Set DATABASE_URL to a PostgreSQL 15 or newer.',
    { cause },
  );
}

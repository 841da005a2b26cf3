import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { locateBinaries } from './embedded/binaries.ts';
import { openCluster, removeDrafts } from './embedded/cluster.ts';
import type { EmbeddedPostgresLog } from './embedded/errors.ts';
import { takeOwnership } from './embedded/owner.ts';
import { ensureRunning, type Postmaster, stopPostmaster } from './embedded/postmaster.ts';
import { isRoot, unprivilegedUser } from './embedded/server-user.ts';

export interface EmbeddedPostgresOptions {
  /** Made if missing; the data is in `postgres/` below it. */
  readonly dataDir: string;
  readonly log: EmbeddedPostgresLog;
  /** `false` trades the data for speed (no fsync): for tests only. Default `true`. */
  readonly durable?: boolean;
  /** Where root's server finds what it cannot reach in the clone. Default `/var/lib/freshchair`. */
  readonly sharedDir?: string;
}

export interface EmbeddedPostgres {
  /** Of the role and database `freshchair`, over a Unix socket. */
  readonly connectionString: string;
  /** Where the data really is: mostly `postgres/` below `dataDir`. */
  readonly home: string;
  /** Ends all sessions and stops the server. The first call counts. */
  close(): Promise<void>;
}

/**
 * Starts a PostgreSQL 18 of our own on the data in `dataDir`, or takes over the one that a killed process left
 * running there. It listens on a Unix socket only, in a process group of its own, never as root.
 *
 * @throws EmbeddedPostgresError with a `code` and a message that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, durable = true, sharedDir = '/var/lib/freshchair' } = options;
  const account = isRoot() ? await unprivilegedUser(log) : undefined;
  const binaries = await locateBinaries(account, sharedDir, log);
  const cluster = await openCluster({ dataDir, binaries, user: account, sharedDir, durable, log });
  const ownership = await takeOwnership(cluster, () => ensureRunning(cluster, binaries, durable), log);
  await removeDrafts(cluster);
  const { postmaster } = ownership;
  if (postmaster.found) log.info(`Took over the Postgres that was left running (process ${postmaster.pid}).`);

  let closed: Promise<void> | undefined;
  const stop = async (running: Postmaster): Promise<void> => {
    await stopPostmaster(cluster, running);
    await removeSocketDirectory(running, cluster.home);
  };
  return {
    connectionString: connectionString(postmaster, cluster.password),
    home: cluster.home,
    close: () => {
      closed ??= ownership.close(stop);
      return closed;
    },
  };
}

function connectionString({ socketDirectory }: Postmaster, password: string): string {
  const host = encodeURIComponent(socketDirectory);
  return `postgresql://freshchair:${password}@localhost:5432/freshchair?host=${host}`;
}

async function removeSocketDirectory({ socketDirectory }: Postmaster, home: string): Promise<void> {
  if (socketDirectory !== join(home, 'socket')) await rm(socketDirectory, { recursive: true, force: true });
}

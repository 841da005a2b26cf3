import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Binaries, openDirectory } from './binaries.ts';
import { explainSpawnFailure, run, spawnOptions } from './command.ts';
import { EmbeddedPostgresError, type EmbeddedPostgresLog, systemErrorCode } from './errors.ts';
import { canReach, type ServerUser } from './server-user.ts';

/** One set of data: `home` (mode 700, the server's) holds `pgdata/`, `password`, `server.log` and mostly `socket/`. */
export interface Cluster {
  readonly dataDir: string;
  readonly home: string;
  readonly pgdata: string;
  readonly logFile: string;
  readonly password: string;
  readonly user: ServerUser | undefined;
}

export interface ClusterOptions {
  readonly dataDir: string;
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  /** Where data goes that `user` could not reach in `dataDir`. */
  readonly sharedDir: string;
  readonly durable: boolean;
  readonly log: EmbeddedPostgresLog;
}

const DRAFT_PREFIX = 'postgres.new-';

/** Opens the data in `dataDir/postgres`, after creating it if it is not there. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const dataDir = resolve(options.dataDir);
  const place = join(dataDir, 'postgres');
  const thereIsData = await openDirectory(dataDir)
    .then(() => isThere(place))
    .catch(unusable(dataDir));
  if (!thereIsData) await createCluster(options, place);
  const home = await realpath(place);
  const user = options.user && (await ownerOf(home, options.user));
  if (user && !(await canReach(home, user))) {
    throw new EmbeddedPostgresError(
      'data_unreachable',
      `Postgres runs as "${user.name}", which can no longer enter ${home}. Allow it to, or move the data.`,
    );
  }
  const password = await readPassword(home);
  return { dataDir, home, pgdata: join(home, 'pgdata'), logFile: join(home, 'server.log'), password, user };
}

/**
 * Creation is all or nothing: everything is made in a draft that becomes visible in one step (a rename, or a symlink
 * where the data must live elsewhere), so neither a kill nor a second process ever sees half of it.
 */
async function createCluster(options: ClusterOptions, place: string): Promise<void> {
  const { user, sharedDir, log } = options;
  const elsewhere = user !== undefined && !(await canReach(resolve(options.dataDir), user));
  const parent = elsewhere ? sharedDir : resolve(options.dataDir);
  const draft = await openDirectory(parent)
    .then(() => mkdtemp(join(parent, elsewhere ? 'data-' : DRAFT_PREFIX)))
    .catch(unusable(parent));
  try {
    if (user) await chown(draft, user.uid, user.gid);
    await initialise(draft, options);
    // rename() replaces nothing but an empty folder, symlink() nothing at all: the first one wins.
    if (elsewhere) await symlink(draft, place);
    else await rename(draft, place);
    await flushDirectory(resolve(options.dataDir));
    if (elsewhere) {
      log.info(
        `The account "${user.name}" cannot enter ${options.dataDir}: the data of Postgres is in ${draft}.`,
      );
    }
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (await isThere(place)) return;
    if (cause instanceof EmbeddedPostgresError) throw cause;
    throw new EmbeddedPostgresError(
      'create_failed',
      `The data of Postgres could not be created in ${draft}.`,
      {
        cause,
      },
    );
  }
}

const OBSTACLES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'it is a file',
  ENOTDIR: 'a file is in its path',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

function unusable(folder: string): (cause: unknown) => never {
  return (cause) => {
    const code = systemErrorCode(cause) ?? '';
    throw new EmbeddedPostgresError(
      'data_dir_unusable',
      `The data cannot be kept in ${folder} (${OBSTACLES[code] ?? code}): set DATA_DIR to a folder that this account may write to, or set DATABASE_URL.`,
      { cause },
    );
  };
}

/**
 * Removes what killed creations left behind. Only for the owner of the data: a process that is creating right now can
 * only lose, sees then that the data is there, and goes on with that.
 */
export async function removeDrafts({ dataDir }: Cluster): Promise<void> {
  const drafts = (await readdir(dataDir)).filter((name) => name.startsWith(DRAFT_PREFIX));
  // One that is still being written to may resist; the next start finds it again.
  await Promise.allSettled(drafts.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

async function initialise(home: string, { binaries, user, durable }: ClusterOptions): Promise<void> {
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true });
  if (user) await chown(passwordFile, user.uid, user.gid);
  const access = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const format = ['--encoding=UTF8', '--locale=C', '--data-checksums', '--no-instructions'];
  const speed = durable ? [] : ['--no-sync'];
  const args = [`--pgdata=${join(home, 'pgdata')}`, ...access, ...format, ...speed];
  await run(binaries.initdb, args, spawnOptions(home, user)).catch((cause: unknown) => {
    throw explainSpawnFailure(cause) ?? cause;
  });
  await flushDirectory(home);
}

/** Data keeps the owner it has: a better account that turns up later could not read it. */
async function ownerOf(home: string, preferred: ServerUser): Promise<ServerUser> {
  const { uid, gid } = await stat(join(home, 'pgdata'));
  if (uid === preferred.uid) return preferred;
  if (uid !== 0) return { name: `uid ${uid}`, uid, gid };
  throw new EmbeddedPostgresError(
    'data_unreachable',
    `The data in ${home} belongs to root, which Postgres must not run as. Run: chown -R ${preferred.name} ${home}`,
  );
}

async function readPassword(home: string): Promise<string> {
  try {
    return (await readFile(join(home, 'password'), 'utf8')).trim();
  } catch (cause) {
    const reason =
      systemErrorCode(cause) === 'EACCES'
        ? `The data in ${home} belongs to another account. Start Freshchair as that account, or choose another DATA_DIR.`
        : `${home} is not complete: its password file cannot be read. Restore it from a backup, or choose another DATA_DIR.`;
    throw new EmbeddedPostgresError('data_unreachable', reason, { cause });
  }
}

/** macOS allows 103 bytes for the path of a socket, Linux 107. */
const LONGEST_SOCKET_PATH = 103;

/**
 * A folder that only the server's account may enter, with a path short enough for a socket: beside the data, or in
 * the temporary folder when the path of the data is too long.
 */
export async function prepareSocketDirectory({ home, user }: Cluster): Promise<string> {
  const short = `freshchair-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  const candidates = [join(home, 'socket'), join(tmpdir(), short), join('/tmp', short)];
  const directory = candidates.find(fitsSocket);
  if (!directory)
    throw new EmbeddedPostgresError('start_failed', `No path for a socket is short enough: ${candidates}`);
  const made = await mkdir(directory, { mode: 0o700 }).then(
    () => true,
    (error: unknown) => {
      if (systemErrorCode(error) === 'EEXIST') return false;
      throw error;
    },
  );
  if (made && user) await chown(directory, user.uid, user.gid);
  const found = await lstat(directory);
  if (!found.isDirectory() || found.uid !== (user?.uid ?? process.geteuid?.())) {
    throw new EmbeddedPostgresError(
      'start_failed',
      `${directory}, where the socket of Postgres has to be, belongs to somebody else. Remove it, or set TMPDIR.`,
    );
  }
  await chmod(directory, 0o700);
  return directory;
}

// Postgres reads a list of folders: a comma or a quote would split or garble it.
const fitsSocket = (directory: string): boolean =>
  Buffer.byteLength(join(directory, '.s.PGSQL.5432')) <= LONGEST_SOCKET_PATH && !/[,"]/.test(directory);

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );

/** Makes names that were just created or renamed survive a power loss. */
async function flushDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

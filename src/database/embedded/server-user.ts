import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError, type EmbeddedPostgresLog } from './errors.ts';

const execute = promisify(execFile);

/** An account the server runs as. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const OWN_ACCOUNT = 'freshchair';

export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/**
 * The unprivileged account for a server started by root, because Postgres refuses to run as root:
 * `freshchair`, else the `postgres` that Debian's packages make, else a `freshchair` is created. `nobody` is the
 * last resort, where accounts cannot be created: it shares its files with whatever else runs as nobody.
 */
export async function unprivilegedUser(log: EmbeddedPostgresLog): Promise<ServerUser> {
  const existing = (await findAccount(OWN_ACCOUNT)) ?? (await findAccount('postgres'));
  if (existing) return existing;
  const cause = await createAccount().then(
    () => undefined,
    (error: unknown) => error,
  );
  const created = await findAccount(OWN_ACCOUNT);
  if (created) {
    if (cause === undefined) log.info(`Created the system account "${OWN_ACCOUNT}" for Postgres to run as.`);
    return created;
  }
  const nobody = await findAccount('nobody');
  if (nobody) return nobody;
  throw new EmbeddedPostgresError(
    'no_unprivileged_user',
    'Postgres must not run as root and no other account was found or could be made. Start Freshchair as another user, or set DATABASE_URL.',
    { cause },
  );
}

function createAccount(): Promise<unknown> {
  const home = ['--home-dir', '/nonexistent', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  return execute('useradd', ['--system', '--user-group', ...home, OWN_ACCOUNT]);
}

async function findAccount(name: string): Promise<ServerUser | undefined> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const line = accounts.split('\n').find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid && uid !== '0' ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
}

/**
 * Whether an account without supplementary groups may enter (or, for a file, execute) `path` and every folder above
 * it, by mode bits alone. An access list that allows more costs a needless copy, nothing else.
 */
export async function canReach(path: string, user: ServerUser): Promise<boolean> {
  for (let place = resolve(path); ; place = dirname(place)) {
    const { mode, uid, gid } = await stat(place);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (place === dirname(place)) return true;
  }
}

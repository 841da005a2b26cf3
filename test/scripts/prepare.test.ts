import { execFile } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startProcess } from '../support/processes.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A small project with our scripts and our compiler. */
let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'freshchair-prepare-'));
  for (const file of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'vite.config.ts',
    'scripts',
  ]) {
    await cp(join(PROJECT, file), join(clone, file), { recursive: true });
  }
  await symlink(join(PROJECT, 'node_modules'), join(clone, 'node_modules'));
  await write('src/main.ts', `export const greeting: string = 'hello';\n`);
  await write('src/database/migrations/0001_first.sql', 'select 1;\n');
  await write(
    'web/hello.html',
    '<!doctype html><title>Hello</title><script type="module" src="hello.ts"></script>\n',
  );
  await write('web/hello.ts', `document.title = '${'hello '.repeat(300)}';\n`);
});
afterEach(() => rm(clone, { recursive: true, force: true }));

async function write(file: string, text: string): Promise<void> {
  const path = join(clone, file);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

const built = (file: string) => readFile(join(clone, 'dist', file), 'utf8');

function prepare(env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const args = [join(clone, 'scripts', 'prepare.js')];
    execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

/** Prepares with what stands in for npm, in a process group as a terminal would give it. */
const startPrepare = (ready: RegExp) =>
  startProcess({
    command: process.execPath,
    args: [join(clone, 'scripts', 'prepare.js')],
    env: { npm_execpath: join(clone, 'fake', 'npm-cli.js') },
    ownGroup: true,
    ready,
  });

/** Stands in for npm: writes down what it is asked to do. */
async function recordingNpm(exitCode = 0): Promise<{ npm_execpath: string }> {
  await write(
    'fake/npm-cli.js',
    `console.log('npm', process.argv.slice(2).join(' ')); process.exit(${exitCode});\n`,
  );
  return { npm_execpath: join(clone, 'fake', 'npm-cli.js') };
}

describe('npm start and npm test first', () => {
  test('build what is missing: code compiled, everything else copied beside it, pages bundled and compressed', async () => {
    expect(await prepare()).toEqual({ code: 0, output: expect.stringContaining('Building') });
    expect(await built('main.js')).toContain('hello');
    expect(await built('database/migrations/0001_first.sql')).toBe('select 1;\n');
    const [, script = ''] = /src="\/(assets\/[^"]+)"/.exec(await built('web/hello.html')) ?? [];
    expect(await built(`web/${script}`)).toContain('hello hello');
    expect(await readdir(join(clone, 'dist/web/assets'))).toContain(`${script.slice('assets/'.length)}.br`);
  });

  test('do nothing when nothing changed', async () => {
    await prepare();
    const before = await stat(join(clone, 'dist', 'main.js'));
    expect(await prepare()).toEqual({ code: 0, output: '' });
    expect((await stat(join(clone, 'dist', 'main.js'))).mtimeMs).toBe(before.mtimeMs);
  });

  test('build again when a source changed, and forget what was deleted', async () => {
    await write('src/old.ts', 'export const old = 1;\n');
    await prepare();
    await rm(join(clone, 'src', 'old.ts'));
    await write('src/main.ts', `export const greeting: string = 'good bye';\n`);
    expect((await prepare()).code).toBe(0);
    expect(await built('main.js')).toContain('good bye');
    await expect(built('old.js')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('fail when the code does not compile, and do not take the result for built', async () => {
    await write('src/main.ts', 'export const greeting: string = 7;\n');
    for (const _ of ['first', 'second']) {
      expect(await prepare()).toEqual({ code: 1, output: expect.stringContaining('could not be built') });
    }
  });

  test('start a shipped build that has no sources', async () => {
    await prepare();
    await rm(join(clone, 'src'), { recursive: true });
    expect(await prepare()).toEqual({ code: 0, output: '' });
  });

  test('install, with what the build needs, when there are no packages', async () => {
    await prepare();
    await rm(join(clone, 'node_modules'));
    const { code, output } = await prepare({ ...(await recordingNpm()), NODE_ENV: 'production' });
    expect(code).toBe(0);
    expect(output).toContain('npm ci --include=dev');
  });

  test('install when the lock file asks for other versions than are there', async () => {
    await prepare();
    const lock = JSON.parse(await readFile(join(clone, 'package-lock.json'), 'utf8'));
    lock.packages['node_modules/pg'].version = '0.0.1';
    await write('package-lock.json', JSON.stringify(lock));
    expect((await prepare(await recordingNpm())).output).toContain('npm ci');
  });

  test('fail with a sentence when the install fails', async () => {
    await rm(join(clone, 'node_modules'));
    const { code, output } = await prepare(await recordingNpm(1));
    expect(code).toBe(1);
    expect(output).toContain('The packages could not be installed');
  });

  test('wait at Ctrl-C until npm has put everything back', async () => {
    await rm(join(clone, 'node_modules'));
    await write(
      'fake/npm-cli.js',
      `import { writeFileSync } from 'node:fs';
      const alive = setInterval(() => {}, 1000);
      process.once('SIGINT', () => setTimeout(() => {
        writeFileSync('put-back', '');
        clearInterval(alive);
      }, 200));
      console.log('installing');\n`,
    );
    const installing = await startPrepare(/^installing/m);
    process.kill(-installing.pid, 'SIGINT');
    process.kill(installing.pid, 'SIGINT');
    expect(await installing.ended).toEqual({ code: 130, signal: null });
    expect(await readdir(clone)).toContain('put-back');
    expect(await readdir(clone)).not.toContain('.preparing');
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('pass on a %s that reaches nobody else', async (signal, code) => {
    await rm(join(clone, 'node_modules'));
    await write('fake/npm-cli.js', `setInterval(() => {}, 1000); console.log('installing');\n`);
    const installing = await startPrepare(/^installing/m);
    expect(await installing.stop(signal)).toEqual({ code, signal: null });
  });

  test('end npm when it does not listen', async () => {
    await rm(join(clone, 'node_modules'));
    await write(
      'fake/npm-cli.js',
      `process.on('SIGINT', () => {}); setInterval(() => {}, 1000); console.log('installing');\n`,
    );
    const installing = await startPrepare(/^installing/m);
    expect(await installing.stop('SIGINT')).toEqual({ code: 130, signal: null });
  });

  test('end when npm is killed, which tells only the shell in between', async () => {
    await rm(join(clone, 'node_modules'));
    await write('fake/npm-cli.js', `setInterval(() => {}, 1000); console.log('installing');\n`);
    const shell = await startProcess({
      command: 'sh',
      args: ['-c', `'${process.execPath}' '${join(clone, 'scripts', 'prepare.js')}'; exit`],
      env: { npm_execpath: join(clone, 'fake', 'npm-cli.js'), npm_lifecycle_event: 'prestart' },
      ready: /^installing/m,
    });
    // It has ended when everybody who holds its output has.
    await shell.stop('SIGTERM');
    expect(await readdir(clone)).not.toContain('.preparing');
  });

  test('wait for another process that installs, and do not install again', async () => {
    await rename(join(clone, 'node_modules'), join(clone, 'packages'));
    await write(
      'fake/npm-cli.js',
      `import { existsSync, renameSync } from 'node:fs';
      console.log('installing');
      const waiting = setInterval(() => {
        if (!existsSync('go')) return;
        clearInterval(waiting);
        renameSync('packages', 'node_modules');
      }, 10);\n`,
    );
    const first = await startPrepare(/^installing/m);
    const second = await startPrepare(/^Waiting for another process/m);
    await write('go', '');
    expect(await Promise.all([first.ended, second.ended])).toEqual([
      { code: 0, signal: null },
      { code: 0, signal: null },
    ]);
    expect(second.output()).toMatch(/^Waiting for another process .*\n$/);
    expect(await built('main.js')).toContain('hello');
  });

  test('forget a process that was killed while it installed', async () => {
    await write('.preparing', '');
    await utimes(join(clone, '.preparing'), 0, 0);
    expect((await prepare()).code).toBe(0);
    expect(await built('main.js')).toContain('hello');
  });

  test('fail with a sentence on a Node that is too old', async () => {
    const manifest = JSON.parse(await readFile(join(clone, 'package.json'), 'utf8'));
    await write('package.json', JSON.stringify({ ...manifest, engines: { node: '>=99.1' } }));
    const { code, output } = await prepare();
    expect(code).toBe(1);
    expect(output).toContain('Freshchair needs Node 99.1 or newer');
  });
});

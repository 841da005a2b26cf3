import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Who may import whom (DESIGN §4); what is not listed is a violation. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  calendar: [],
  database: [],
  redis: [],
  mail: ['calendar', 'database'],
  shop: ['calendar', 'database'],
  availability: ['calendar', 'database', 'redis', 'shop'],
  booking: ['availability', 'calendar', 'database', 'mail', 'redis', 'shop'],
  insight: ['availability', 'booking', 'calendar', 'database', 'redis', 'shop'],
  warming: ['availability', 'booking', 'calendar', 'database', 'redis', 'shop'],
  auth: ['database', 'mail'],
  seed: ['calendar', 'database', 'shop'],
  http: [
    'auth',
    'availability',
    'booking',
    'calendar',
    'database',
    'insight',
    'mail',
    'redis',
    'shop',
    'warming',
  ],
};
const FOLDERS = [...Object.keys(MAY_IMPORT), 'cli', 'web'];
/** What the pages are tried with, line by line, and whether they may. */
const OF_PAGES = [
  ['../src/http/wire/planted.ts', true],
  ['../src/http/planted.ts', false],
  ['../src/http/routes/planted.ts', false],
  ['../src/calendar/planted.ts', false],
  ['../src/planted.ts', false],
  ['../src/currency.ts', true],
  ['node:fs', false],
  ['preact', true],
] as const;

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'freshchair-imports-'));
  const { vcs: _, $schema: __, ...config } = JSON.parse(await readFile('biome.json', 'utf8'));
  await writeFile(join(directory, 'biome.json'), JSON.stringify(config));
  for (const folder of Object.keys(MAY_IMPORT)) {
    await mkdir(join(directory, 'src', folder), { recursive: true });
    // Line n imports folder n.
    const planted = FOLDERS.map((other) => `import '../${other}/planted.ts';`).join('\n');
    await writeFile(join(directory, 'src', folder, 'planted.ts'), `${planted}\n`);
  }
  await mkdir(join(directory, 'web'));
  const ofPages = OF_PAGES.map(([module]) => `import '${module}';`).join('\n');
  await writeFile(join(directory, 'web', 'planted.ts'), `${ofPages}\n`);
});

afterAll(() => rm(directory, { recursive: true }));

test('every import against the direction of the layers is an error, and no other', async () => {
  const found: Record<string, string[]> = Object.fromEntries(
    Object.keys(MAY_IMPORT).map((name) => [name, []]),
  );
  const violations = /noRestrictedImports,file=[^,]*src\/(\w+)\/planted\.ts,line=(\d+)/g;
  for (const [, folder = '', line] of (await lint()).matchAll(violations)) {
    found[folder]?.push(FOLDERS[Number(line) - 1] ?? '');
  }
  const forbidden = Object.entries(MAY_IMPORT).map(([folder, allowed]) => [
    folder,
    FOLDERS.filter((other) => other !== folder && !allowed.includes(other)).sort(),
  ]);
  for (const folder of Object.keys(found)) found[folder]?.sort();
  expect(found).toEqual(Object.fromEntries(forbidden));
}, 60_000);

test('the pages know the wire of the server, and nothing else of it', async () => {
  const violations = /noRestrictedImports,file=[^,]*web\/planted\.ts,line=(\d+)/g;
  const found = [...(await lint()).matchAll(violations)].map(([, line]) => Number(line) - 1);
  const forbidden = OF_PAGES.flatMap(([, mayImport], line) => (mayImport ? [] : [line]));
  expect(found.sort()).toEqual(forbidden);
}, 60_000);

/** The linter's findings as it prints them for GitHub, one a line. */
function lint(): Promise<string> {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const args = [
    biome,
    'lint',
    '--reporter=github',
    '--only=style/noRestrictedImports',
    '--max-diagnostics=none',
    'src',
    'web',
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: directory }, (_failed, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

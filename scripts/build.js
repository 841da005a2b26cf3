// Makes dist/ from src/: TypeScript is compiled, everything else (SQL, Lua, pages) is copied beside it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BUILD_STAMP, DIST, filesBelow, ROOT, sourceHash } from './project.js';

const source = join(ROOT, 'src');
const madeFrom = sourceHash();
// What was deleted from src must not live on in dist.
rmSync(DIST, { recursive: true, force: true });
compile();
copyAssets();
writeFileSync(BUILD_STAMP, madeFrom);

function compile() {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const { bin } = createRequire(import.meta.url)(manifest);
  const compiler = join(dirname(manifest), bin.tsc);
  const args = [compiler, '-p', join(ROOT, 'tsconfig.build.json')];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) return;
  console.error('Freshchair could not be built: see the errors above.');
  process.exit(1);
}

function copyAssets() {
  for (const file of filesBelow(source).filter((name) => !name.endsWith('.ts'))) {
    const target = join(DIST, file);
    if (!existsSync(dirname(target))) mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(source, file), target);
  }
}

// Makes dist/ from src/ and web/: TypeScript is compiled, everything else (SQL, Lua) is copied beside it; the pages are
// bundled, and compressed once and for all.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { BUILD_STAMP, DIST, filesBelow, ROOT, sourceHash } from './project.js';

const source = join(ROOT, 'src');
const madeFrom = sourceHash();
// What was deleted from src must not live on in dist.
rmSync(DIST, { recursive: true, force: true });
compile();
copyAssets();
await bundlePages();
compressPages();
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

async function bundlePages() {
  const { build } = await import('vite');
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
}

/** Fonts are compressed already; a smaller file is not worth a second answer. */
function compressPages() {
  const folder = join(DIST, 'web');
  for (const file of filesBelow(folder).filter((name) => /\.(html|js|css|svg)$/.test(name))) {
    const path = join(folder, file);
    const content = readFileSync(path);
    if (content.length < 1_000) continue;
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
  }
}

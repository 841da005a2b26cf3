import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const DIST = join(ROOT, 'dist');
/** Written when a build is complete: what it was made from. */
export const BUILD_STAMP = join(DIST, '.made-from');

/** All files below `directory`, relative to it. */
export function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

/** A hash of everything that a build is made from; by content, as git gives every checkout new times. */
export function sourceHash() {
  const hash = createHash('sha256');
  const sources = ['src', 'web'].flatMap((folder) =>
    filesBelow(join(ROOT, folder)).map((file) => join(folder, file)),
  );
  const lock = readJson('package-lock.json');
  for (const { dev, version } of Object.values(lock?.packages ?? {})) hash.update(dev ? `${version}\n` : '');
  const how = ['tsconfig.json', 'tsconfig.build.json', 'vite.config.ts', join('scripts', 'build.js')];
  for (const file of [...how, ...sources]) {
    const content = readFileSync(join(ROOT, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Whether `dist` is what a build would make; a shipped `dist` without its sources is. */
export function isBuilt() {
  if (!existsSync(BUILD_STAMP)) return false;
  return !existsSync(join(ROOT, 'src')) || readFileSync(BUILD_STAMP, 'utf8') === sourceHash();
}

/**
 * Whether `node_modules` has what package-lock.json asks for, by npm's own record of what it installed (which it
 * writes last). Optional packages may be missing: they are for other platforms.
 */
export function isInstalled({ development }) {
  const wanted = readJson('package-lock.json')?.packages ?? {};
  const installed = readJson(join('node_modules', '.package-lock.json'))?.packages ?? {};
  return Object.entries(wanted).every(([path, { version, integrity, optional, dev, devOptional }]) => {
    if (path === '' || (dev && !development)) return true;
    const found = installed[path];
    if (!found) return Boolean(optional || (devOptional && !development));
    return found.version === version && found.integrity === integrity;
  });
}

function readJson(file) {
  const path = join(ROOT, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

import { readFileSync } from 'node:fs';

/** Freshchair's own version. The manifest is beside `src` as beside `dist`. */
export function ownVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}

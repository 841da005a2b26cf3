import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a Redis or Valkey server of this machine is. @throws where there is none, and says what to install */
export function redisBinary(): string {
  return binaryOf(['redis-server', 'valkey-server'], 'redis-server', 'brew install redis');
}

/** Where a Chromium is. @throws as above */
export function chromiumBinary(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return binaryOf(names, 'chromium', 'brew install --cask chromium');
}

function binaryOf(names: readonly string[], debian: string, brew: string): string {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      if (folder !== '' && isExecutable(file)) return file;
    }
  }
  throw new Error(
    `The tests need ${names.join(' or ')} on PATH: on Debian and Ubuntu "apt-get install ${debian}", on macOS "${brew}".`,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

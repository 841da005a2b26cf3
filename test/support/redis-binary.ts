import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a Redis or Valkey server of this machine is. @throws where there is none, and says what to install */
export function redisBinary(): string {
  for (const name of ['redis-server', 'valkey-server']) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      if (folder !== '' && isExecutable(file)) return file;
    }
  }
  throw new Error(
    'The tests need redis-server or valkey-server on PATH: on Debian and Ubuntu "apt-get install redis-server", on macOS "brew install redis".',
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

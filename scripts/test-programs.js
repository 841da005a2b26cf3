// Runs before `npm test`, whose tests start Redis servers and a browser: installs Debian's where there are none.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runToItsEnd } from './child.js';

/** Any of `names` will do; `package` is what Debian calls the first. */
const PROGRAMS = [
  { names: ['redis-server', 'valkey-server'], package: 'redis-server', brew: 'brew install redis' },
  {
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium',
    brew: 'brew install --cask chromium',
  },
];
/** Debian asks it before it starts a service that it has just installed; 101 means no. */
const POLICY = '/usr/sbin/policy-rc.d';
const APT = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

const missing = () => PROGRAMS.filter(({ names }) => !names.some(isOnPath));

if (missing().length > 0) {
  if (process.getuid?.() === 0 && isOnPath('apt-get')) await install(missing());
  const packages = missing();
  for (const { names, package: name, brew } of packages)
    console.error(
      `The tests need ${names.join(' or ')} on PATH: on Debian and Ubuntu "apt-get install ${name}", on macOS "${brew}".`,
    );
  if (packages.length > 0) process.exit(1);
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

async function install(programs) {
  const packages = programs.map(({ package: name }) => name);
  console.log(`Installing ${packages.join(' and ')}, which the tests need (apt-get) …`);
  if (!existsSync(POLICY)) {
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    process.once('exit', () => rmSync(POLICY, { force: true }));
  }
  await runToItsEnd('apt-get', ['update'], APT);
  await runToItsEnd('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], APT);
}

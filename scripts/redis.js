// Runs before `npm test`, whose tests start Redis servers: installs Debian's where there is none.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runToItsEnd } from './child.js';

/** Debian asks it before it starts a service that it has just installed; 101 means no. */
const POLICY = '/usr/sbin/policy-rc.d';
const APT = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

if (!isOnPath('redis-server') && !isOnPath('valkey-server')) {
  if (process.getuid?.() === 0 && isOnPath('apt-get')) await install();
  if (!isOnPath('redis-server')) {
    console.error(
      'The tests need redis-server or valkey-server on PATH: on Debian and Ubuntu "apt-get install redis-server", on macOS "brew install redis".',
    );
    process.exit(1);
  }
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

async function install() {
  console.log('Installing redis-server, which the tests need (apt-get) …');
  if (!existsSync(POLICY)) {
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    process.once('exit', () => rmSync(POLICY, { force: true }));
  }
  await runToItsEnd('apt-get', ['update'], APT);
  await runToItsEnd('apt-get', ['install', '--yes', '--no-install-recommends', 'redis-server'], APT);
}

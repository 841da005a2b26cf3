// Runs before `npm start` and `npm test`: installs and builds what is missing. Plain JavaScript without packages,
// because there may be none yet.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt, isInstalled, ROOT } from './project.js';

requireNode();
const built = isBuilt();
const development = !built || process.env.npm_lifecycle_event === 'pretest';
if (!isInstalled({ development })) install();
if (!built) build();

function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [major = 0, minor = 0] = engines.node.replace('>=', '').split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  fail(`Freshchair needs Node ${major}.${minor} or newer; this is Node ${process.versions.node}.`);
}

function install() {
  console.log('Installing what Freshchair needs (npm ci) …');
  // The build needs the development packages, also where NODE_ENV is production.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: 'inherit' };
  const { status } = npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (status !== 0) fail('The packages could not be installed: see above, and try "npm ci".');
}

function build() {
  console.log('Building Freshchair …');
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.js')], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

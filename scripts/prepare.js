// Runs before `npm start` and `npm test`: installs and builds what is missing. Plain JavaScript without packages,
// because there may be none yet.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToItsEnd } from './child.js';
import { isBuilt, isInstalled, ROOT } from './project.js';
import { takeTurn } from './turn.js';

requireNode();
if (!isReady()) {
  const endTurn = await takeTurn();
  // Whoever had the turn before may have done it.
  if (!isInstalled({ development: development() })) await install();
  if (!isBuilt()) await build();
  endTurn();
}

function isReady() {
  return isBuilt() && isInstalled({ development: development() });
}

function development() {
  return !isBuilt() || ['pretest', 'presoak'].includes(process.env.npm_lifecycle_event);
}

function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [major = 0, minor = 0] = engines.node.replace('>=', '').split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  fail(`Freshchair needs Node ${major}.${minor} or newer; this is Node ${process.versions.node}.`);
}

async function install() {
  console.log('Installing what Freshchair needs (npm ci) …');
  // The build needs the development packages, also where NODE_ENV is production.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const status = npm?.endsWith('npm-cli.js')
    ? await runToItsEnd(process.execPath, [npm, ...args], { cwd: ROOT })
    : await runToItsEnd('npm', args, { cwd: ROOT, shell: process.platform === 'win32' });
  if (status !== 0) fail('The packages could not be installed: see above, and try "npm ci".');
}

async function build() {
  console.log('Building Freshchair …');
  const status = await runToItsEnd(process.execPath, [join(ROOT, 'scripts', 'build.js')], { cwd: ROOT });
  if (status !== 0) process.exit(1);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

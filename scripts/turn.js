import { closeSync, openSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { ROOT } from './project.js';

/** There while somebody installs or builds, and touched by them all the time: a killed one is soon forgotten. */
const TURN = join(ROOT, '.preparing');
const TOUCH_EVERY_MS = 1_000;
const FORGOTTEN_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 100;

/** Waits until no other process installs or builds here. The turn ends with the process, or with a call. */
export async function takeTurn() {
  for (let told = false; !tryToTake(); told = true) {
    if (!told) console.log('Waiting for another process that is installing or building Freshchair here …');
    if (isForgotten()) rmSync(TURN, { force: true });
    else await after(LOOK_EVERY_MS);
  }
  const touching = setInterval(touch, TOUCH_EVERY_MS).unref();
  const end = () => {
    clearInterval(touching);
    process.off('exit', end);
    rmSync(TURN, { force: true });
  };
  process.on('exit', end);
  return end;
}

function tryToTake() {
  try {
    closeSync(openSync(TURN, 'wx'));
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    console.error(`Freshchair cannot be installed or built in ${ROOT}: ${error.message}.`);
    process.exit(1);
  }
}

function isForgotten() {
  const found = statSync(TURN, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > FORGOTTEN_AFTER_MS;
}

function touch() {
  try {
    utimesSync(TURN, new Date(), new Date());
  } catch {
    // Somebody removed it: then they know better.
  }
}

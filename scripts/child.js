import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Under npm one Ctrl-C arrives twice: from the terminal, and passed on. */
const SAME_SIGNAL_MS = 1_000;
/** npm may go on for half a minute; after a kill `npm ci` begins from nothing, so nothing is lost. */
const PATIENCE_MS = 3_000;
const ORPHAN_CHECK_MS = 250;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end, and answers with its exit code, or undefined where it could not be started. A signal to
 * us is passed on, and we end with it once the program has ended: by itself, or killed after a while or by a second
 * signal.
 */
export async function runToItsEnd(command, args, options) {
  // In a group of its own the terminal does not reach it: what it hears, it hears from us, and once.
  const ownGroup = process.platform !== 'win32';
  const child = spawn(command, args, { stdio: 'inherit', detached: ownGroup, ...options });
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('exit', (status) => resolve(status ?? 1));
  });
  let asked;
  let askedAt = 0;
  const stop = (signal) => {
    if (asked === undefined) {
      asked = signal;
      askedAt = performance.now();
      console.log('Stopping …');
      child.kill(signal);
      setTimeout(killAll, PATIENCE_MS).unref();
    } else if (performance.now() - askedAt > SAME_SIGNAL_MS) killAll();
  };
  const killAll = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    // What it has started too, such as the install script of a package.
    if (ownGroup) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  };
  const forget = listen(stop);
  const code = await ended;
  forget();
  if (asked !== undefined) process.exit(128 + constants.signals[asked]);
  return code;
}

function listen(stop) {
  for (const signal of SIGNALS) process.on(signal, stop);
  // Whoever read our output may be gone before us.
  const ignore = () => {};
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignore);
  // `kill` of npm ends the shell between npm and us, and the shell tells nobody.
  const parent = process.ppid;
  const look = () => process.ppid !== parent && stop('SIGTERM');
  const looking = process.env.npm_lifecycle_event && setInterval(look, ORPHAN_CHECK_MS).unref();
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    for (const stream of [process.stdout, process.stderr]) stream.off('error', ignore);
    clearInterval(looking);
  };
}

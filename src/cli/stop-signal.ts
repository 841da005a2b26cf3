/** A Ctrl-C may reach us twice under npm: from the terminal, and passed on. Later than this it is another one. */
const SAME_SIGNAL_MS = 1_000;
const ORPHAN_CHECK_MS = 250;

/**
 * Resolves when the process is asked to end: by Ctrl-C, `kill`, a closed terminal, or the end of the npm that
 * started it. Rejects with an error that nothing caught. Asked again, the process ends at once.
 */
export function stopSignal(): Promise<void> {
  return new Promise((resolve, reject) => {
    const meaning = signalMeanings(() => performance.now());
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.on(signal, () => {
        if (meaning() === 'end at once') process.exit(code);
        resolve();
      });
    }
    if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(resolve);
    process.on('uncaughtException', reject);
    // Whoever read our output may be gone before us (npm, a terminal): that must not interrupt the stopping.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  });
}

/** What each signal means that arrives, by a clock (ms) that is never set. */
export function signalMeanings(monotonic: () => number): () => 'stop' | 'the same again' | 'end at once' {
  let asked: number | undefined;
  return () => {
    const now = monotonic();
    if (asked === undefined) {
      asked = now;
      return 'stop';
    }
    return now - asked > SAME_SIGNAL_MS ? 'end at once' : 'the same again';
  };
}

/** `kill` of npm ends the shell between npm and us, and the shell tells nobody. */
function whenOrphaned(tell: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    tell();
  }, ORPHAN_CHECK_MS);
  timer.unref();
}

/** A Ctrl-C reaches us twice under npm: from the terminal, and passed on by npm. Later than this it is another one. */
const SAME_SIGNAL_MS = 1_000;

/**
 * Resolves when the process is asked to end: by Ctrl-C, `kill`, a closed terminal, or by a fault that nothing
 * caught, with which it rejects. Asked again, the process ends at once.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    let asked: number | undefined;
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.on(signal, () => {
        const now = performance.now();
        if (asked !== undefined && now - asked > SAME_SIGNAL_MS) process.exit(code);
        asked ??= now;
        resolve(signal);
      });
    }
    process.on('uncaughtException', reject);
    // Whoever read our output may be gone before us (npm, a closed terminal): that must not stop the stopping.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  });
}

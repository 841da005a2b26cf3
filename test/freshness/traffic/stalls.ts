const EVERY_MS = 10;
/** Less than this is what timers are like. */
const NOTED_FROM_MS = 5;

/** How late this process's own timers fire: what the machine does to everybody, as jHiccup measures it. */
export interface Stalls {
  /** The longest that ended after `since` (`performance.now()`), in ms. */
  longest(since?: number): number;
  stop(): void;
}

export function watchStalls(): Stalls {
  const seen: { readonly at: number; readonly ms: number }[] = [];
  let due = performance.now() + EVERY_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - due > NOTED_FROM_MS) seen.push({ at: now, ms: now - due });
    due = now + EVERY_MS;
  }, EVERY_MS);
  return {
    longest: (since = 0) =>
      seen.reduce((longest, { at, ms }) => (at < since ? longest : Math.max(longest, ms)), 0),
    stop: () => clearInterval(timer),
  };
}

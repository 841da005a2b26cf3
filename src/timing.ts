/** In ms. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 1_000;

/** How long to wait after the n-th failure in a row: doubling, with jitter so that instances spread out. */
export function backoff(failures: number, random: () => number = Math.random): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)) * (0.5 + random() / 2);
}

/** A timer that is this late was kept waiting by its own process. */
const BUSY_MS = 5;

/** The result of `work`, or an error when it is not there within `ms`. What comes later is ignored. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const wait = (delay: number, isLast: boolean) => {
      const due = performance.now() + delay;
      timer = setTimeout(() => {
        const busyFor = performance.now() - due;
        // This process was busy, and may not have asked yet: that is not the other side's fault.
        if (!isLast && busyFor > BUSY_MS) wait(Math.min(busyFor, ms), true);
        // What has arrived meanwhile is read first.
        else setImmediate(reject, new NoAnswer(ms));
      }, delay).unref();
    };
    wait(ms, false);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What was asked did not answer in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** What the operating system says of a peer that does not answer, so that this counts as unreachable too. */
  readonly code = 'ETIMEDOUT';

  constructor(ms: number) {
    super(`No answer within ${ms} ms`);
  }
}

/** A pause that somebody else can end. */
export interface Pause {
  for(ms: number): Promise<void>;
  end(): void;
}

export function createPause(): Pause {
  let end = () => {};
  return {
    for: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms).unref();
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    end: () => end(),
  };
}

/** How long something was so (ms), of the time since that was first told. */
export interface ShareOfTime {
  readonly ms: number;
  readonly ofMs: number;
}

/** Adds up how long something is so, as it is told each time that this changes. */
export function createStopwatch(monotonic: () => number): { set(isSo: boolean): void; read(): ShareOfTime } {
  let [ms, ofMs, last] = [0, 0, Number.NaN];
  let wasSo = false;
  function read(): ShareOfTime {
    const now = monotonic();
    const passed = Number.isNaN(last) ? 0 : now - last;
    if (!Number.isNaN(last)) last = now;
    ofMs += passed;
    if (wasSo) ms += passed;
    return { ms, ofMs };
  }
  return {
    set(isSo) {
      read();
      last = monotonic();
      wasSo = isSo;
    },
    read,
  };
}

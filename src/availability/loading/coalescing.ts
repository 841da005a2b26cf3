import { NoAnswer, within } from '../../timing.ts';
import { isJoinable, patience } from './decisions.ts';
import type { Fetched, Target } from './target.ts';

/** A load that a caller takes part in, for one of its targets. */
export interface Joined<T> {
  readonly target: Target;
  /** When it began, in the order of the sequence. */
  readonly began: number;
  /** Begun by this very call. */
  readonly isOwn: boolean;
  /** Undefined where somebody else's load takes too long. */
  readonly loading: Promise<Fetched<T> | undefined>;
}

export interface Coalescing<T> {
  /** Joins the loads that run for these targets, and begins one for all the others. */
  join(targets: readonly Target[]): readonly Joined<T>[];
}

/** Counts what begins, so that a caller can tell whether a load began after it arrived. */
export interface Sequence {
  current: number;
}

interface Running<T> {
  readonly began: number;
  readonly startedAt: number;
  readonly loading: Promise<Fetched<T>>;
}

/** Lets all who want a key at the same time share one load. */
export function createCoalescing<T>(
  load: (targets: readonly Target[]) => Promise<Fetched<T>>,
  sequence: Sequence,
  monotonic: () => number,
): Coalescing<T> {
  const running = new Map<string, Running<T>>();

  function begin(targets: readonly Target[], now: number): Running<T> {
    const began = ++sequence.current;
    const loading = load(targets).finally(() => {
      for (const { key } of targets) if (running.get(key) === run) running.delete(key);
    });
    // Whoever waits for it hears of it; there may be nobody left.
    loading.catch(() => {});
    const run = { began, startedAt: now, loading };
    for (const { key } of targets) running.set(key, run);
    return run;
  }

  return {
    join(targets) {
      const now = monotonic();
      const isRunning = ({ key }: Target) => isJoinable(running.get(key)?.startedAt ?? -Infinity, now);
      const absent = targets.filter((target) => !isRunning(target));
      const own = absent.length > 0 ? begin(absent, now) : undefined;
      const waits = new Map<Running<T>, Joined<T>['loading']>();
      return targets.flatMap((target) => {
        const run = running.get(target.key);
        if (run === undefined) return [];
        const loading =
          waits.get(run) ??
          (run === own ? run.loading : unlessLate(patience(run.startedAt, now), run.loading));
        waits.set(run, loading);
        // Who waits for several loads gives up at the first that fails.
        loading.catch(() => {});
        return [{ target, began: run.began, isOwn: run === own, loading }];
      });
    },
  };
}

async function unlessLate<T>(ms: number, loading: Promise<T>): Promise<T | undefined> {
  try {
    return await within(ms, loading);
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}

import type { Clock } from '../clock.ts';
import { isUnreachable } from '../database/errors.ts';
import type { Logger } from '../log.ts';
import { createPause, MINUTE, NoAnswer, within } from '../timing.ts';
import type { JobQueue } from './job-queue.ts';

export interface ScheduledJob {
  readonly name: string;
  /** A tick begins whenever this many minutes have passed since 1970-01-01T00:00Z, and at the start of the server. */
  readonly everyMinutes: number;
  /**
   * Does all that is left to do, whatever became of earlier ticks. Stops early where the signal says so. Ticks are
   * numbered from 1970 on.
   */
  readonly run: (signal: AbortSignal, tick: number) => Promise<unknown>;
}

export interface Schedule {
  /** From now on each tick of each job is run by one instance. */
  start(): void;
  /** Runs what is due now and nobody else runs; resolves when that is done. Rejects where Postgres is away. */
  tick(): Promise<void>;
  /** Gives jobs that run five seconds. */
  close(): Promise<void>;
}

export interface ScheduleOptions {
  readonly queue: JobQueue;
  readonly jobs: readonly ScheduledJob[];
  /** The same on all instances, or nearly: Postgres's. */
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Until the same tick is tried again where Postgres could not be asked; default 10 s. */
  readonly retryMs?: number;
}

const CLOSE_LIMIT_MS = 5_000;

/** Keeps the queue itself small. */
const TIDY_UP = 'tidy-up-jobs';

/**
 * Every instance offers every tick to the queue, which takes it once: whose offer was taken runs the job. A tick is run
 * once or, should its instance die in the middle, less than once, and never again: the next tick does what is left.
 */
export function createSchedule({ queue, jobs, clock, log, retryMs = 10_000 }: ScheduleOptions): Schedule {
  const closing = new AbortController();
  const all = [...jobs, { name: TIDY_UP, everyMinutes: 60, run: queue.tidyUp }].map((job) =>
    createTicker(job),
  );
  let opening: Promise<void> | undefined;
  let failing = false;
  let loops: Promise<void>[] = [];

  function open(): Promise<void> {
    opening ??= queue.open(all.map(({ name }) => name)).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function tryTo(tick: () => Promise<boolean>): Promise<boolean> {
    let asked = false;
    try {
      asked = await tick();
    } catch (err) {
      if (!failing && !closing.signal.aborted)
        log.warn({ err }, 'Scheduled jobs wait: Postgres cannot be used');
      failing = true;
      return false;
    }
    if (asked && failing) log.info('Postgres can be used for scheduled jobs again');
    if (asked) failing = false;
    return true;
  }

  function createTicker({ name, everyMinutes, run }: ScheduledJob) {
    const periodMs = everyMinutes * MINUTE;
    const pause = createPause();
    let offered = Number.NEGATIVE_INFINITY;

    async function runTaken(tick: number): Promise<void> {
      const ids = await queue.take(name);
      if (ids.length === 0) return;
      try {
        await run(closing.signal, tick);
      } catch (err) {
        if (isUnreachable(err)) throw err;
        log.error({ err, job: name }, 'A scheduled job failed');
        await queue.fail(name, ids);
        return;
      }
      await queue.complete(name, ids);
    }

    /** Answers whether there was something to ask Postgres. */
    async function tick(): Promise<boolean> {
      const tick = Math.floor(clock.now() / periodMs);
      if (tick <= offered) return false;
      await open();
      const isOurs = await queue.offer(name, tick);
      offered = tick;
      if (isOurs) await runTaken(tick);
      return true;
    }

    return {
      name,
      tick,
      async keepTicking() {
        while (!closing.signal.aborted) {
          const works = await tryTo(tick);
          const nextMs = works ? (offered + 1) * periodMs - clock.now() : retryMs;
          // A machine that sleeps does not count the time: the clock is looked at once a minute.
          if (!closing.signal.aborted) await pause.for(Math.min(Math.max(0, nextMs), MINUTE));
        }
      },
      stop: pause.end,
    };
  }

  return {
    start() {
      if (loops.length === 0) loops = all.map((job) => job.keepTicking());
    },
    async tick() {
      await Promise.all(all.map((job) => job.tick()));
    },
    async close() {
      closing.abort();
      for (const job of all) job.stop();
      await within(CLOSE_LIMIT_MS, Promise.all(loops)).catch((error: unknown) => {
        if (!(error instanceof NoAnswer)) throw error;
        log.warn('A scheduled job was still running when the server stopped');
      });
      await queue.close();
    },
  };
}

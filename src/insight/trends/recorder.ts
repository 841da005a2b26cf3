import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Logger } from '../../log.ts';
import { createPause } from '../../timing.ts';
import type { Counters } from '../counters.ts';
import type { CurrentHealth } from '../health/current.ts';
import { countsOf } from './counts.ts';
import { insertCheck } from './queries.ts';

export interface RecorderOptions {
  readonly db: Kysely<Database>;
  readonly check: () => Promise<CurrentHealth>;
  readonly counters: () => Promise<Counters>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Writes a check a minute into Postgres, for the trends. */
export interface Recorder {
  /** A check a minute from now on; what was counted before is in none. */
  start(): void;
  /** Writes one now. Resolves to whether that worked; it never rejects. */
  record(): Promise<boolean>;
  close(): Promise<void>;
}

const EVERY_MS = 60_000;

/** What could not be written, because Postgres was away, is in the next check that can. */
export function createRecorder({ db, check, counters, log }: RecorderOptions): Recorder {
  const pause = createPause();
  let last = counters();
  let failing = false;
  let closed = false;
  let running: Promise<void> | undefined;
  let writing = Promise.resolve(true);

  async function write(): Promise<void> {
    const health = await check();
    const [before, now] = [await last, await counters()];
    const responseTime = health.metrics.find(({ name }) => name === 'response_time_ms');
    await insertCheck(
      db,
      {
        at: new Date(health.timestamp),
        instance: health.instance,
        status: health.overallStatus,
        responseTimeMs: responseTime?.value ?? null,
        metrics: Object.fromEntries(
          health.metrics.map(({ name, value, status }) => [name, { value, status }]),
        ),
      },
      countsOf({ from: before, to: now }, health),
    );
    last = Promise.resolve(now);
  }

  async function tryToWrite(): Promise<boolean> {
    try {
      await write();
      if (failing) log.info('The trends of the cache are written again');
      failing = false;
    } catch (err) {
      if (!failing && !closed) log.warn({ err }, 'The trends of the cache cannot be written for now');
      failing = true;
    }
    return !failing;
  }

  /** One after the other, so that what was counted is in one of them only. */
  function record(): Promise<boolean> {
    writing = writing.then(tryToWrite);
    return writing;
  }

  async function keepRecording(): Promise<void> {
    while (!closed) {
      await pause.for(EVERY_MS);
      if (!closed) await record();
    }
  }

  return {
    start() {
      if (running !== undefined) return;
      last = counters();
      running = keepRecording();
    },
    record,
    async close() {
      closed = true;
      pause.end();
      await running;
      await writing;
    },
  };
}

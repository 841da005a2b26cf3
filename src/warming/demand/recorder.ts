import type { Kysely } from 'kysely';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/schema.ts';
import type { Logger } from '../../log.ts';
import { createPause } from '../../timing.ts';
import type { DemandCounter } from './counter.ts';
import { addDemand } from './queries.ts';

export interface DemandRecorder {
  /** From now on writes every five minutes, at the end of each hour above all. */
  start(): void;
  /** Writes what was counted since the last call. What could not be written is kept for the next; rejects then. */
  write(): Promise<void>;
  /** Writes a last time. */
  close(): Promise<void>;
}

/** What a process that dies may lose. It divides an hour, so that no read is written to another's. */
const EVERY_MS = 300_000;

/** Brings what one process counted to Postgres, where it adds up with what others did. */
export function createDemandRecorder(options: {
  readonly db: Kysely<Database>;
  readonly counter: DemandCounter;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}): DemandRecorder {
  const { db, counter, clock, log } = options;
  const pause = createPause();
  let closing = false;
  let running: Promise<void> | undefined;
  /** When the present count began (epoch ms): its reads are of that hour. */
  let since = clock.now();

  async function write(): Promise<void> {
    const [asked, at] = [counter.take(), since];
    since = clock.now();
    try {
      await addDemand(db, asked, at);
    } catch (error) {
      counter.giveBack(asked);
      since = at;
      throw error;
    }
  }

  async function tryToWrite(): Promise<void> {
    try {
      await write();
    } catch (err) {
      log.warn({ err }, 'What readers asked for could not be written; it is kept for the next time');
    }
  }

  async function keepWriting(): Promise<void> {
    while (!closing) {
      await pause.for(EVERY_MS - (clock.now() % EVERY_MS));
      await tryToWrite();
    }
  }

  return {
    start() {
      running ??= keepWriting();
    },
    write,
    async close() {
      closing = true;
      pause.end();
      await (running ?? tryToWrite());
    },
  };
}

import type { Kysely } from 'kysely';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/schema.ts';
import type { Logger } from '../../log.ts';
import { createPause, HOUR } from '../../timing.ts';
import type { Asked, DemandCounter } from './counter.ts';
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
/** Of a Postgres that is away for longer, the first hours are forgotten. */
const MOST_HOURS = 48;

/** Reads of one hour, in which `at` (epoch ms) is. */
interface Batch {
  readonly asked: readonly Asked[];
  readonly at: number;
}

const hourOf = (at: number) => Math.floor(at / HOUR);

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

  /** What could not be written yet, an hour each, the oldest in front. */
  let batches: readonly Batch[] = [];

  async function write(): Promise<void> {
    batches = [...batches, { asked: counter.take(), at: since }];
    since = clock.now();
    try {
      for (let [batch] = batches; batch !== undefined; [batch] = batches) {
        await addDemand(db, batch.asked, batch.at);
        batches = batches.slice(1);
      }
    } catch (error) {
      keepForTheNext();
      throw error;
    }
  }

  /** The present hour goes on counting; those before stay apart, or their reads would all be of the first. */
  function keepForTheNext(): void {
    const last = batches.at(-1);
    if (last !== undefined && hourOf(last.at) === hourOf(since)) {
      counter.giveBack(last.asked);
      since = last.at;
      batches = batches.slice(0, -1);
    }
    batches = batches.slice(-MOST_HOURS);
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

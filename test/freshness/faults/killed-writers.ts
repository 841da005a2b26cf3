import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startProxy } from '../../support/proxy.ts';
import type { Seat } from '../traffic/booker.ts';
import type { Moment } from '../traffic/judge.ts';

const WRITER = fileURLToPath(new URL('./writer.js', import.meta.url));

/** Processes that book, and are killed with the COMMIT in Postgres and nobody told. */
export interface KilledWriters {
  /** Every other one notifies nobody: then the poll alone tells of its booking. */
  start(nth: number): Promise<ChildProcess>;
  /** Answers with when that was. */
  bookAndDie(writer: ChildProcess, seat: Seat): Promise<Moment>;
  close(): Promise<void>;
}

export async function openKilledWriters(databaseUrl: string, redisUrl: string): Promise<KilledWriters> {
  let onCommit = (): void => {};
  // Of the writers alone. It holds up what Postgres says of a COMMIT of a booking, for ever.
  const way = await startProxy(databaseUrl);
  way.watch(() => {
    let books = false;
    return {
      asked(chunk) {
        books ||= chunk.includes('insert into "booking"');
      },
      answered(chunk) {
        const isCommitted = books && chunk.includes('COMMIT\0');
        if (isCommitted) onCommit();
        return !isCommitted;
      },
    };
  });
  return {
    start(nth) {
      const url = new URL(way.connectionString);
      if (nth % 2 === 1) url.searchParams.set('options', '-c freshchair.notify=off');
      const writer = fork(WRITER, [url.href, redisUrl]);
      return once(writer, 'message').then(() => writer);
    },
    async bookAndDie(writer, { barberId, start, date }) {
      const committed = new Promise<Moment>((resolve) => {
        onCommit = () => {
          writer.kill('SIGKILL');
          resolve({ at: performance.now(), wall: Date.now() });
        };
      });
      const gone = once(writer, 'exit');
      const answered = once(writer, 'message').then(([answer]) => {
        throw new Error(`It was answered ${JSON.stringify(answer)}`);
      });
      writer.send({ barberId, start, date });
      const when = await Promise.race([committed, answered]);
      await gone;
      return when;
    },
    close: () => way.close(),
  };
}

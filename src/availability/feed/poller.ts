import { backoff, createPause, within } from '../../timing.ts';
import { type FeedConnection, openFeedConnection } from './connection.ts';
import { isBefore, type Poll, type PostgresRun, selectChanges, selectRun } from './poll.ts';

export interface PollerOptions {
  readonly connectionString: string;
  /** Pause between two polls (ms). */
  readonly pollMs: number;
  /** A poll that has not answered by then loses its connection (ms). */
  readonly answerMs: number;
  /** How far back the first poll looks (ms). */
  readonly lifetimeMs: number;
  readonly monotonic: () => number;
  /** What a poll saw, between which monotonic instants it did, and of which run of Postgres. */
  readonly onPoll: (seen: Poll, began: number, ended: number, run: PostgresRun) => void;
  readonly onFailure: (error: unknown) => void;
  /** Postgres turned out to be another database: what was seen before means nothing. */
  readonly onReset: () => void;
}

export interface Poller {
  start(): void;
  /** Resolves when a poll that began after the call has succeeded; rejects when it failed. */
  poll(): Promise<void>;
  close(): Promise<void>;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** What tells whether the next poll is of the same history. */
interface Seen extends Pick<Poll, 'snapshot' | 'table'> {
  readonly run: PostgresRun;
}

/** The first poll may have a day's versions to read. */
const FIRST_ANSWER_MS = 30_000;
const LEAVE_LIMIT_MS = 500;

/** Polls on a connection of its own, one poll at a time, and rebuilds the connection when a poll fails. */
export function createPoller(options: PollerOptions): Poller {
  const { connectionString, pollMs, answerMs, lifetimeMs, monotonic, onPoll, onFailure, onReset } = options;
  const closing = new AbortController();
  const pause = createPause();
  let connection: FeedConnection | undefined;
  let postgres: PostgresRun | undefined;
  let last: Seen | undefined;
  /** The last snapshot, if this very connection saw it. */
  let snapshot: string | undefined;
  let waiting: Waiter[] = [];
  let running: Promise<void> | undefined;

  function reset(): void {
    last = undefined;
    snapshot = undefined;
    onReset();
  }

  async function connected(): Promise<{ client: FeedConnection['client']; run: PostgresRun }> {
    if (connection?.isOpen && postgres !== undefined) return { client: connection.client, run: postgres };
    connection = await openFeedConnection(connectionString, 'freshchair poll', closing.signal);
    // Postgres may have crashed in between. It then gives out transaction ids again of which nothing was written
    // down yet, and which the old snapshot takes for seen: the changes are read by their time instead.
    snapshot = undefined;
    // Closed in between: whoever closes saw no connection yet.
    if (closing.signal.aborted) connection.destroy();
    const { client, ended } = connection;
    // Whoever restarts Postgres lets us know at once.
    void ended.then(pause.end);
    postgres = await within(answerMs, selectRun(client));
    return { client, run: postgres };
  }

  async function pollOnce(): Promise<void> {
    const { client, run } = await connected();
    const limit = snapshot === undefined ? Math.max(answerMs, FIRST_ANSWER_MS) : answerMs;
    const began = monotonic();
    const since = snapshot;
    const seen = await within(limit, selectChanges(client, since, lifetimeMs));
    const ended = monotonic();
    if (last !== undefined && isOther({ ...seen, run }, last)) {
      reset();
      if (since !== undefined) return pollOnce();
    }
    snapshot = seen.snapshot;
    last = { snapshot, table: seen.table, run };
    onPoll(seen, began, ended, run);
  }

  async function keepPolling(): Promise<void> {
    for (let failures = 0; ; ) {
      const waiters = waiting;
      waiting = [];
      try {
        await pollOnce();
        failures = 0;
        for (const { resolve } of waiters) resolve();
      } catch (error) {
        failures += 1;
        connection?.destroy();
        if (!closing.signal.aborted) onFailure(error);
        for (const { reject } of waiters) reject(error);
      }
      if (closing.signal.aborted) return;
      if (waiting.length === 0) await pause.for(failures === 0 ? pollMs : backoff(failures));
    }
  }

  return {
    start() {
      running ??= keepPolling();
    },
    poll: () =>
      new Promise((resolve, reject) => {
        if (closing.signal.aborted) {
          reject(new Error('The change feed is closed'));
          return;
        }
        waiting.push({ resolve, reject });
        pause.end();
      }),
    async close() {
      closing.abort();
      pause.end();
      await connection?.close(LEAVE_LIMIT_MS);
      await running;
      for (const { reject } of waiting) reject(new Error('The change feed is closed'));
    },
  };
}

/**
 * Whether what was seen before may be of a history that is no more: the database or its table was made anew, it is
 * another cluster, transaction ids went back, or the server was stopped, and its files may have been replaced meanwhile.
 */
function isOther(now: Seen, before: Seen): boolean {
  return (
    now.table !== before.table ||
    now.run.startedAt !== before.run.startedAt ||
    now.run.cluster !== before.run.cluster ||
    isBefore(now.snapshot, before.snapshot)
  );
}

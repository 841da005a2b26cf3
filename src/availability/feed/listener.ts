import type { Logger } from '../../log.ts';
import { backoff, createPause, within } from '../../timing.ts';
import { type FeedConnection, openFeedConnection } from './connection.ts';

export interface ListenerOptions {
  readonly connectionString: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly onPayload: (payload: string | undefined) => void;
  /** Told whenever listening begins: what was notified before is missing. */
  readonly onListening: () => void;
}

export interface Listener {
  /** Resolves after the first attempt, whether it listens then or not. */
  start(): Promise<void>;
  /** Postgres is known to answer: where it is not listening, it tries again now. */
  hurry(): void;
  /** Whether it has a connection on which it listens. */
  readonly isListening: boolean;
  close(): Promise<void>;
}

const ANSWER_LIMIT_MS = 3_000;
const LEAVE_LIMIT_MS = 500;
/** Whoever only listens does not notice a connection that is half open: it asks now and then. */
const CHECK_EVERY_MS = 5_000;

/** Listens on a connection of its own, and listens again when that is lost. */
export function createListener({ connectionString, log, onPayload, onListening }: ListenerOptions): Listener {
  const closing = new AbortController();
  const pause = createPause();
  let connection: FeedConnection | undefined;
  let running: Promise<void> | undefined;
  let isListening = false;

  async function listen(): Promise<FeedConnection> {
    connection = await openFeedConnection(connectionString, 'freshchair listen', closing.signal);
    // Closed in between: whoever closes saw no connection yet.
    if (closing.signal.aborted) connection.destroy();
    connection.client.on('notification', ({ payload }) => onPayload(payload));
    await within(ANSWER_LIMIT_MS, connection.client.query('listen freshchair_availability'));
    return connection;
  }

  async function keepListening(attempted: () => void): Promise<void> {
    let healthy = true;
    for (let failures = 0; !closing.signal.aborted; ) {
      let reason: unknown;
      try {
        const open = await listen();
        if (!healthy) log.info('Notified of changes again');
        healthy = true;
        failures = 0;
        attempted();
        isListening = true;
        onListening();
        const checking = setInterval(check, CHECK_EVERY_MS, open).unref();
        await open.ended;
        clearInterval(checking);
      } catch (error) {
        reason = error;
        connection?.destroy();
        attempted();
      }
      isListening = false;
      if (closing.signal.aborted) return;
      if (healthy) log.warn({ err: reason }, 'Not notified of changes for now: they are seen by polls alone');
      healthy = false;
      failures += 1;
      await pause.for(backoff(failures));
    }
  }

  function check({ client, destroy }: FeedConnection): void {
    within(ANSWER_LIMIT_MS, client.query('select')).catch(destroy);
  }

  return {
    start: () =>
      new Promise((resolve) => {
        running ??= keepListening(resolve).finally(resolve);
      }),
    hurry: () => pause.end(),
    get isListening() {
      return isListening;
    },
    async close() {
      closing.abort();
      pause.end();
      await connection?.close(LEAVE_LIMIT_MS);
      await running;
    },
  };
}

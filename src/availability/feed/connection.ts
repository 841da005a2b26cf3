import { Socket } from 'node:net';
import pg from 'pg';
import { columnTypes } from '../../database/column-types.ts';

/** A connection that can be given up at once, whatever it hangs on. */
export interface FeedConnection {
  readonly client: pg.Client;
  /** Settles when the connection is gone, for whatever reason. */
  readonly ended: Promise<void>;
  readonly isOpen: boolean;
  /** Cuts it, without a word to the server. */
  destroy(): void;
  /** Takes leave of the server, and cuts it when that takes longer than `limitMs`. */
  close(limitMs: number): Promise<void>;
}

const CONNECT_LIMIT_MS = 3_000;
/** A peer that vanished without a word is noticed in seconds, not in the two hours of the operating system. */
const KEEPALIVE_DELAY_MS = 5_000;

/** Connects, within 3 s or an error. `signal` gives up in between. */
export async function openFeedConnection(
  connectionString: string,
  applicationName: string,
  signal: AbortSignal,
): Promise<FeedConnection> {
  const socket = new Socket();
  const client = new pg.Client({
    connectionString,
    application_name: applicationName,
    types: columnTypes,
    stream: () => socket,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_DELAY_MS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
  });
  let open = true;
  const ended = new Promise<void>((resolve) => {
    client.once('end', () => {
      open = false;
      resolve();
    });
  });
  // Whoever waits for an answer gets the error there; an idle connection says it by `ended`.
  client.on('error', () => socket.destroy());
  const abort = () => socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    await client.connect();
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
  return {
    client,
    ended,
    get isOpen() {
      return open && !socket.destroyed;
    },
    destroy: () => {
      socket.destroy();
    },
    async close(limitMs) {
      const timer = setTimeout(() => socket.destroy(), limitMs).unref();
      await client.end().catch(() => {});
      clearTimeout(timer);
      socket.destroy();
    },
  };
}

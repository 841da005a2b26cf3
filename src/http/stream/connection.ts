import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Subscriber } from './hub.ts';

/** Bytes that wait for a client before it is cut off: it connects again, and reads anew. */
const BACKLOG_LIMIT = 64 * 1024;
/** For a client to take in the rest. */
const END_LIMIT_MS = 1_000;

export interface StreamConnection extends Subscriber {
  /** The body of the answer; closed, for whatever reason, when the client is gone. */
  readonly body: Readable;
}

/** A client's stream, to be sent as the body of this response. */
export function openConnection(response: ServerResponse): StreamConnection {
  const body = new Readable({ read() {}, highWaterMark: BACKLOG_LIMIT });
  // The pipe pauses at 16 kB in the socket; what comes then waits in the body.
  const backlog = () => body.readableLength + response.writableLength;
  return {
    body,
    send(chunk) {
      if (body.destroyed) return;
      if (backlog() + chunk.length > BACKLOG_LIMIT) body.destroy();
      else body.push(chunk);
    },
    end() {
      body.push(null);
      // Who does not read would hold the socket, and the end of the server.
      const cut = setTimeout(() => response.destroy(), END_LIMIT_MS).unref();
      response.once('close', () => clearTimeout(cut));
    },
  };
}

import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Connections that are kept alive, each with one request under way at a time.
 *
 * @param {string} url the whole address of the request
 * @returns `run(times)`, which resolves when so many requests are answered, all of them with 200, and `close`
 */
export async function openLoad(url, connections) {
  const { hostname, port, pathname, search } = new URL(url);
  const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: */*\r\n\r\n`;
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      await once(socket, 'connect');
      return socket;
    }),
  );
  return {
    run: async (times) => {
      const share = Math.ceil(times / connections);
      await Promise.all(sockets.map((socket) => exchange(socket, request, share)));
      return share * connections;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Sends the request so many times, each after the answer to the one before. */
function exchange(socket, request, times) {
  return new Promise((resolve, reject) => {
    let left = times;
    let missing = 0;
    const finish = (outcome) => {
      socket.off('data', take).off('error', fail).off('close', fail);
      outcome();
    };
    const fail = (error) => finish(() => reject(error instanceof Error ? error : new Error('The server hung up')));
    const take = (chunk) => {
      if (missing === 0) {
        const length = lengthOf(chunk);
        if (length === undefined)
          return fail(new Error(`Not the answer that was expected: ${chunk.subarray(0, 300)}`));
        missing = length;
      }
      missing -= chunk.length;
      if (missing > 0) return;
      left -= 1;
      if (left === 0) finish(resolve);
      else socket.write(request);
    };
    socket.on('data', take).on('error', fail).on('close', fail);
    socket.write(request);
  });
}

/** Of the whole answer that begins with this chunk, as its head says; undefined where it is no success. */
function lengthOf(chunk) {
  const end = chunk.indexOf('\r\n\r\n');
  const head = chunk.latin1Slice(0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (end < 0 || length === undefined || !head.startsWith('HTTP/1.1 200 ')) return undefined;
  return end + 4 + Number(length);
}

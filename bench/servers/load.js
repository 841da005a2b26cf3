import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Connections that are kept alive, each of which asks again as soon as it is answered. With `inStep` all of them ask at
 * once, and again when all are answered: so a server has a lot to do at a time, and whoever asks is not busy while it
 * does, however fast it is.
 *
 * @param {string} url the whole address of what is asked for
 * @returns `run(times)`, which resolves to how many requests were answered, all of them with 200, and `close`
 */
export async function openLoad(url, { connections = 64, inStep = false } = {}) {
  const { hostname, port, pathname, search } = new URL(url);
  const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: */*\r\n\r\n`;
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname).setNoDelay(true);
      await once(socket, 'connect');
      return socket;
    }),
  );
  return {
    async run(times) {
      const turns = Math.ceil(times / connections);
      if (inStep) {
        for (let turn = 0; turn < turns; turn++) {
          await Promise.all(sockets.map((socket) => exchange(socket, request)));
        }
      } else await Promise.all(sockets.map((socket) => askInTurn(socket, request, turns)));
      return turns * connections;
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function askInTurn(socket, request, times) {
  for (let turn = 0; turn < times; turn++) await exchange(socket, request);
}

/** Resolves when the answer has arrived whole. */
function exchange(socket, request) {
  return new Promise((resolve, reject) => {
    let missing = 0;
    const end = (settle, value) => {
      socket.off('data', take).off('error', fail).off('close', fail);
      settle(value);
    };
    const fail = (error) => end(reject, error instanceof Error ? error : new Error('The server hung up'));
    const take = (chunk) => {
      missing ||= lengthOf(chunk);
      if (Number.isNaN(missing)) fail(new Error(`Not what was expected: ${chunk.subarray(0, 300)}`));
      missing -= chunk.length;
      if (missing <= 0) end(resolve);
    };
    socket.on('data', take).on('error', fail).on('close', fail);
    socket.write(request);
  });
}

/** Bytes of the answer that begins with this chunk, as its head says; NaN where it is no success. */
function lengthOf(chunk) {
  const end = chunk.indexOf('\r\n\r\n');
  const head = chunk.latin1Slice(0, Math.max(0, end));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return head.startsWith('HTTP/1.1 200 ') ? end + 4 + Number(length) : Number.NaN;
}

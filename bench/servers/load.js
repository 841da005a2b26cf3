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
  const askers = await Promise.all(
    Array.from({ length: connections }, () => openAsker(Number(port), hostname, request)),
  );
  return {
    async run(times) {
      const turns = Math.ceil(times / connections);
      const steps = inStep ? turns : 1;
      for (let step = 0; step < steps; step++) {
        await Promise.all(askers.map(({ ask }) => ask(turns / steps)));
      }
      return turns * connections;
    },
    close() {
      for (const { close } of askers) close();
    },
  };
}

/** One connection, on which a request is sent again and again: `ask` resolves when it was answered so many times. */
async function openAsker(port, hostname, request) {
  const socket = connect(port, hostname).setNoDelay(true);
  await once(socket, 'connect');
  let [missing, left] = [0, 0];
  let settle = { resolve() {}, reject() {} };
  const fail = (error) => settle.reject(error instanceof Error ? error : new Error('The server hung up'));
  socket.on('error', fail).on('close', fail);
  // Listeners stay, and no promise is made for each answer: whoever asks must take less time than the server.
  socket.on('data', (chunk) => {
    missing ||= lengthOf(chunk);
    if (Number.isNaN(missing)) fail(new Error(`Not what was expected: ${chunk.subarray(0, 300)}`));
    missing -= chunk.length;
    if (missing > 0) return;
    left -= 1;
    if (left > 0) socket.write(request);
    else settle.resolve();
  });
  return {
    ask: (times) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        left = times;
        missing = 0;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Bytes of the answer that begins with this chunk, as its head says; NaN where it is no success. */
function lengthOf(chunk) {
  const end = chunk.indexOf('\r\n\r\n');
  const head = chunk.latin1Slice(0, Math.max(0, end));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return head.startsWith('HTTP/1.1 200 ') ? end + 4 + Number(length) : Number.NaN;
}

import { createServer } from 'node:net';

/**
 * Below 32768, where Linux takes the ports of outgoing connections from: a server that is down finds its port still
 * free when it comes back. And so low that the bus of a Redis Cluster (port + 10000) lies below that too.
 */
const LOWEST = 10_000;
const HIGHEST = 22_000;

/** A port of 127.0.0.1 on which nobody listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** A way to Postgres over 127.0.0.1 that can be disturbed. */
export interface Proxy {
  readonly connectionString: string;
  /** From now on bytes vanish in both directions; connections stay, and new ones are accepted. */
  mute(): void;
  /** Bytes pass again; those that vanished stay lost. */
  unmute(): void;
  /** Ends all connections. */
  cut(): void;
  /** Ends all connections and refuses new ones until `listen`. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
  close(): Promise<void>;
}

export async function startProxy(connectionString: string): Promise<Proxy> {
  const pairs = new Set<Socket>();
  let muted = false;
  let port = 0;
  const server = createServer((client) => {
    const upstream = connectUpstream(connectionString);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      pairs.add(from);
      from.on('data', (chunk) => muted || to.write(chunk));
      from.on('error', () => {});
      from.once('close', () => {
        pairs.delete(from);
        if (!muted) to.destroy();
      });
    }
  });
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (typeof address === 'object' && address) port = address.port;
        resolve();
      });
    });
  const cut = () => {
    for (const socket of pairs) socket.destroy();
  };
  const refuse = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      cut();
    });
  await listen();
  const url = new URL(connectionString);
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${port}`;
  return {
    connectionString: url.href,
    mute: () => {
      muted = true;
    },
    unmute: () => {
      muted = false;
    },
    cut,
    refuse,
    listen,
    close: refuse,
  };
}

function connectUpstream(connectionString: string): Socket {
  const { hostname, port, searchParams } = new URL(connectionString);
  const host = searchParams.get('host') ?? hostname;
  const number = Number(port || 5432);
  return host.startsWith('/') ? connect(join(host, `.s.PGSQL.${number}`)) : connect(number, host);
}

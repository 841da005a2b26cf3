import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import { createPassage, type Passage, type Watcher, type Weather } from './proxy-passage.ts';

/**
 * A way over 127.0.0.1 to Postgres or Redis that can be disturbed. `of` means connections that said this text first:
 * Postgres clients begin with their application name.
 */
export interface Proxy {
  /** The URL that was given, with the proxy in place of the server. */
  readonly connectionString: string;
  readonly port: number;
  /**
   * From now on bytes vanish in both directions; connections stay, and new ones are accepted. `answers`: what clients
   * say arrives, but they hear nothing.
   */
  mute(what?: 'everything' | 'answers'): void;
  /** New connections pass again; those that lost a byte stay dead, because their streams have no sense any more. */
  unmute(): void;
  /** The connections that are there go dead without a word, as when a router forgets them; new ones pass. */
  forget(of?: string): void;
  /**
   * Only connections whose first words are among these are let through: all others are cut, now and as soon as they
   * say anything. `undefined` lets everybody in again.
   */
  isolate(isLetIn: ((opening: string) => boolean) | undefined): void;
  /** Bytes wait, in order, until `thaw`: a network that is gone for a while. */
  freeze(): void;
  thaw(): void;
  /** Everything takes this much longer from now on, half of it each way. */
  delay(ms: number): void;
  /** Ends connections: all of them, or those opened before a `performance.now()`. */
  cut(of?: string, openedBefore?: number): void;
  /** Ends all connections and refuses new ones until `listen`. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
  /** Looks at what every new connection carries. */
  watch(watcher: Watcher): void;
  close(): Promise<void>;
}

export async function startProxy(connectionString: string): Promise<Proxy> {
  const passages = new Set<Passage>();
  const state: { -readonly [K in keyof Weather]: Weather[K] } = {
    muted: undefined,
    frozen: false,
    delayMs: 0,
    isLetIn: undefined,
  };
  let watcher: Watcher | undefined;
  const server = createServer((client) => {
    const passage = createPassage(client, connectUpstream(connectionString), state, watcher?.());
    passages.add(passage);
    passage.ended.then(() => passages.delete(passage));
  });
  const port = await freePort();
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const each = (act: (passage: Passage) => void, of = '', openedBefore = Number.POSITIVE_INFINITY) => {
    for (const passage of passages) {
      if (passage.openedAt < openedBefore && passage.opening().includes(of)) act(passage);
    }
  };
  const cut: Proxy['cut'] = (of, openedBefore) => each((passage) => passage.cut(), of, openedBefore);
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
    port,
    mute(what = 'everything') {
      state.muted = what;
    },
    unmute() {
      state.muted = undefined;
    },
    forget: (of) => each((passage) => passage.forget(), of),
    isolate(isLetIn) {
      state.isLetIn = isLetIn;
      each((passage) => {
        if (isLetIn?.(passage.opening()) === false) passage.cut();
      });
    },
    freeze() {
      state.frozen = true;
    },
    thaw() {
      state.frozen = false;
      each((passage) => passage.thaw());
    },
    delay(ms) {
      state.delayMs = ms / 2;
    },
    cut,
    refuse,
    listen,
    watch(next) {
      watcher = next;
    },
    close: refuse,
  };
}

function connectUpstream(connectionString: string): Socket {
  const { protocol, hostname, port, searchParams } = new URL(connectionString);
  const host = searchParams.get('host') ?? hostname;
  const number = Number(port || (protocol.startsWith('redis') ? 6379 : 5432));
  return host.startsWith('/') ? connect(join(host, `.s.PGSQL.${number}`)) : connect(number, host);
}

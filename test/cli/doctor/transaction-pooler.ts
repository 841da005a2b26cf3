import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import pg from 'pg';

/** A pooler that gives a client another connection to Postgres for each transaction, as PgBouncer does. */
export interface TransactionPooler {
  readonly connectionString: string;
  close(): Promise<void>;
}

const QUERY = 'Q'.charCodeAt(0);
const READY = 'Z'.charCodeAt(0);
const IDLE = 'I'.charCodeAt(0);
/** Postgres's own messages to a client that is let in: AuthenticationOk, a made-up BackendKeyData, ReadyForQuery. */
const WELCOME = Buffer.from('5200000008000000004b0000000c7fffffff000000015a0000000549', 'hex');

/** A connection to Postgres that is signed in, and whoever has it now. */
interface Backend {
  readonly socket: Duplex;
  readonly leave: () => Promise<void>;
  answer: (bytes: Buffer) => void;
}

export async function startTransactionPooler(connectionString: string, size = 2): Promise<TransactionPooler> {
  const backends = await Promise.all(Array.from({ length: size }, () => openBackend(connectionString)));
  // Whoever gave one back last gives it to whoever asks next.
  const free = [...backends];
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('error', () => {});
    serve(client, free);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    connectionString: `postgresql://somebody@127.0.0.1:${port}/any`,
    async close() {
      for (const client of clients) client.destroy();
      server.close();
      await once(server, 'close');
      await Promise.all(backends.map(({ leave }) => leave()));
    },
  };
}

/** Simple queries only, as the doctor sends them. */
function serve(client: Socket, free: Backend[]): void {
  let mine: Backend | undefined;
  const read = messages(0, (message) => {
    if (message[0] !== QUERY) return;
    mine ??= free.pop();
    if (mine === undefined) throw new Error('There are more clients than this pooler is for');
    const backend = mine;
    backend.answer = messages(1, (answer) => {
      client.write(answer);
      if (answer[0] !== READY || answer[5] !== IDLE) return;
      mine = undefined;
      free.push(backend);
    });
    backend.socket.write(message);
  });
  client.on('data', read);
}

/** Cuts a stream into messages; the first `typed` of a client, its start, has no type. */
function messages(typed: 0 | 1, onMessage: (message: Buffer) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  let typeLength: number = typed;
  return function read(this: unknown, bytes: Buffer) {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= typeLength + 4) {
      const length = typeLength + rest.readInt32BE(typeLength);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      if (typeLength === 0) {
        (this as Socket).write(WELCOME);
        typeLength = 1;
      } else onMessage(message);
    }
  };
}

async function openBackend(connectionString: string): Promise<Backend> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const socket = client.connection.stream;
  // Signed in by `pg`, and ours from now on.
  socket.removeAllListeners('data');
  const ended = once(socket, 'close');
  const backend: Backend = {
    socket,
    answer: () => {},
    async leave() {
      socket.destroy();
      await ended;
    },
  };
  client.on('error', () => {});
  socket.on('data', (bytes: Buffer) => backend.answer(bytes));
  return backend;
}

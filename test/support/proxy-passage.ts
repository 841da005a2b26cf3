import type { Socket } from 'node:net';

/** What a proxy does to all its connections just now. */
export interface Weather {
  readonly muted: 'everything' | 'answers' | undefined;
  readonly frozen: boolean;
  readonly delayMs: number;
  readonly isLetIn: ((opening: string) => boolean) | undefined;
}

/**
 * Called once a connection; what it answers with sees the bytes. With `false` it holds an answer up for ever, with a
 * promise until that resolves.
 */
export type Watcher = () => {
  asked(chunk: Buffer): void;
  answered(chunk: Buffer): boolean | Promise<void>;
};

/** One connection through a proxy. */
export interface Passage {
  /** By `performance.now()`. */
  readonly openedAt: number;
  readonly ended: Promise<unknown>;
  /** The first that the client said. */
  opening(): string;
  forget(): void;
  thaw(): void;
  cut(): void;
}

export function createPassage(
  client: Socket,
  upstream: Socket,
  weather: Weather,
  watch: ReturnType<Watcher> | undefined,
): Passage {
  let opening: string | undefined;
  /** A byte was lost, so no other one may follow it. */
  let deaf = false;
  let dumb = false;
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };

  const [there, back] = [createLane(weather), createLane(weather)];
  client.on('data', (chunk) => {
    opening ??= chunk.toString('latin1');
    if (weather.isLetIn?.(opening) === false) return cut();
    watch?.asked(chunk);
    if (weather.muted === 'everything') dumb = true;
    if (!dumb) there.add(() => upstream.write(chunk));
  });
  upstream.on('data', (chunk) => {
    const verdict = watch?.answered(chunk) ?? true;
    if (weather.muted !== undefined || verdict === false) deaf = true;
    if (deaf) return;
    if (typeof verdict === 'boolean') {
      back.add(() => client.write(chunk));
      return;
    }
    upstream.pause();
    void verdict.then(() => {
      back.add(() => client.write(chunk));
      upstream.resume();
    });
  });
  // Nobody hears of the end of a dead connection either: its other half ends with the proxy.
  const ends = [
    whenClosed(client, () => dumb || there.add(() => upstream.destroy())),
    whenClosed(upstream, () => deaf || back.add(() => client.destroy())),
  ];
  return {
    openedAt: performance.now(),
    ended: Promise.all(ends),
    opening: () => opening ?? '',
    forget() {
      deaf = true;
      dumb = true;
    },
    thaw() {
      there.pump();
      back.pump();
    },
    cut,
  };
}

function whenClosed(socket: Socket, closed: () => void): Promise<void> {
  socket.on('error', () => {});
  return new Promise((resolve) => {
    socket.once('close', () => {
      closed();
      resolve();
    });
  });
}

/** One direction: first in, first out, also where the delay changes in between. */
function createLane(weather: Weather) {
  const queue: { readonly due: number; readonly deliver: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const pump = () => {
    clearTimeout(timer);
    for (let [next] = queue; next !== undefined && !weather.frozen; [next] = queue) {
      const wait = next.due - performance.now();
      if (wait > 0) {
        timer = setTimeout(pump, wait);
        return;
      }
      queue.shift();
      next.deliver();
    }
  };
  return {
    add(deliver: () => void) {
      queue.push({ due: performance.now() + weather.delayMs, deliver });
      if (queue.length === 1) pump();
    },
    pump,
  };
}

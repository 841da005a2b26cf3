import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';

/** `data` of an `event: change`. */
export interface Change {
  readonly date: string | null;
  readonly barber_id: number | null;
  readonly as_of: string;
}

/** A client's end of a live stream, on a socket of its own. */
export interface EventStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body of a refusal. */
  readonly problem: Readonly<Record<string, unknown>> | undefined;
  /** The next event that was not asked for yet; rejects when the stream ends before. */
  next(): Promise<Change>;
  /** Resolves with the next block that is no event of change: a comment or a hint. */
  comment(): Promise<string>;
  /** How it ended: `true` in order, `false` cut off. */
  readonly ended: Promise<boolean>;
  /** Reads nothing more. */
  pause(): void;
  /** Goes away without a word. */
  leave(): void;
}

/** What arrives, and who waits for it. */
function createQueue<T>() {
  const items: T[] = [];
  const waiters: { resolve: (item: T) => void; reject: (reason: Error) => void }[] = [];
  let over = false;
  return {
    push(item: T) {
      const waiter = waiters.shift();
      if (waiter === undefined) items.push(item);
      else waiter.resolve(item);
    },
    end() {
      over = true;
      for (const { reject } of waiters.splice(0)) reject(new Error('The stream has ended'));
    },
    next: () =>
      new Promise<T>((resolve, reject) => {
        const item = items.shift();
        if (item !== undefined) resolve(item);
        else if (over) reject(new Error('The stream has ended'));
        else waiters.push({ resolve, reject });
      }),
  };
}

/** Resolves with the head of the answer. */
export function openStream(url: string | URL): Promise<EventStream> {
  // As browsers ask: the connection would stay.
  const agent = new Agent({ keepAlive: true });
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, async (response) => {
      const { statusCode: status = 0, headers } = response;
      const changes = createQueue<Change>();
      const comments = createQueue<string>();
      const ended = new Promise<boolean>((end) => {
        response.once('close', () => {
          changes.end();
          comments.end();
          end(response.complete);
        });
      });
      response.on('error', () => {});
      const problem = status === 200 ? undefined : JSON.parse(await text(response));
      let rest = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^event: change\ndata: (.*)$/.exec(block)?.[1];
          if (data === undefined) comments.push(block);
          else changes.push(JSON.parse(data));
        }
      });
      resolve({
        status,
        headers,
        problem,
        next: changes.next,
        comment: comments.next,
        ended,
        pause: () => response.pause(),
        leave() {
          request.destroy();
          agent.destroy();
        },
      });
    });
    request.once('error', reject);
  });
}

/** The answer of a stream up to its first bytes; then the client is gone. */
export async function injectStream(
  app: FastifyInstance,
  request: InjectOptions,
): Promise<LightMyRequestResponse> {
  const answer = await app.inject({ ...request, payloadAsStream: true });
  const isStream = String(answer.headers['content-type']).startsWith('text/event-stream');
  const body = isStream ? await firstChunk(answer.stream()) : await text(answer.stream());
  if (isStream) answer.raw.res.destroy();
  return { ...answer, body, payload: body, rawPayload: Buffer.from(body), json: () => JSON.parse(body) };
}

async function firstChunk(chunks: AsyncIterable<unknown>): Promise<string> {
  for await (const chunk of chunks) return String(chunk);
  return '';
}

import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Reply {
  /** 0 where the connection failed, or nothing came for half a minute. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the server sends
  readonly body: any;
  /** By `performance.now()`: before it was sent, and when all of the answer was there. */
  readonly began: number;
  readonly ended: number;
}

type Headers = Readonly<Record<string, string>>;

/** A client of one server, on connections that are kept alive. */
export interface Client {
  readonly url: string;
  get(path: string, headers?: Headers): Promise<Reply>;
  send(method: 'POST' | 'PUT' | 'PATCH', path: string, body: object, headers?: Headers): Promise<Reply>;
  close(): void;
}

const SILENCE_LIMIT_MS = 30_000;

export function createClient(url: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });

  function exchange(method: string, path: string, headers: Headers, body = ''): Promise<Reply> {
    const began = performance.now();
    return new Promise((resolve) => {
      const done = (status: number, answerHeaders: IncomingHttpHeaders, text: string) => {
        const ended = performance.now();
        const isJson = answerHeaders['content-type']?.includes('json') ?? false;
        resolve({ status, headers: answerHeaders, body: isJson ? JSON.parse(text) : text, began, ended });
      };
      const asked = request(`${url}${path}`, { method, headers, agent, timeout: SILENCE_LIMIT_MS });
      asked.once('error', (error) => done(0, {}, error.message));
      asked.once('timeout', () => asked.destroy(new Error('No answer for half a minute')));
      asked.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => done(response.statusCode ?? 0, response.headers, text));
        response.once('error', (error) => done(0, {}, error.message));
      });
      asked.end(body);
    });
  }

  return {
    url,
    get: (path, headers = {}) => exchange('GET', path, headers),
    send: (method, path, body, headers = {}) =>
      exchange(method, path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
    close: () => agent.destroy(),
  };
}

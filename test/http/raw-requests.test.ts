import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let base: URL;

beforeAll(async () => {
  server = await startTestServer();
  base = new URL(await server.app.listen({ port: 0, host: '127.0.0.1' }));
});
afterAll(() => server.close());

/** What no client library would send as it is. */
function exchange(...lines: string[]): Promise<string> {
  const socket = connect(Number(base.port), base.hostname);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return text(socket);
}

function expectBadRequest(answer: string) {
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toMatch(/content-type: application\/problem\+json/i);
  expect(answer).toMatch(/x-cache-status: available\r\n/i);
  expect(answer).toMatch(/x-response-time: \d+\.\d\d\r\n/i);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ code: 'bad_request' });
}

test.each(['/docs/static/../x', '/docs/static/%2e%2e/x', '/docs/static/a%00b', '/docs/static/..%5cx'])(
  'a path out of the folder of the documentation is refused: %s',
  async (path) => {
    expectBadRequest(await exchange(`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close'));
  },
);

test('a file of the documentation that does not exist is not found', async () => {
  expect((await server.send('GET', '/docs/static/nothing.js')).statusCode).toBe(404);
});

test.each(['/api/v2/shop', '/nowhere', '/docs/'])(
  'HTTP/1.1 without a host is refused at %s',
  async (path) => {
    const answer = await exchange(`GET ${path} HTTP/1.1`, 'Connection: close');
    expectBadRequest(answer);
    expect(answer).toMatch(/content-security-policy: /i);
  },
);

test('the account routes refuse it in their own format', async () => {
  const answer = await exchange('GET /api/auth/get-session HTTP/1.1', 'Connection: close');
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toMatch(/x-cache-status: available\r\n/i);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ code: 'BAD_REQUEST' });
});

test('HTTP/1.0 needs no host', async () => {
  expect(await exchange('GET /health/live HTTP/1.0')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

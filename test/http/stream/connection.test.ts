import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openConnection, type StreamConnection } from '../../../src/http/stream/connection.ts';
import { type EventStream, openStream } from '../event-stream.ts';

let server: Server;
let client: EventStream;
let response: ServerResponse;
let connection: StreamConnection;
const immediate = () => new Promise(setImmediate);

beforeEach(async () => {
  server = createServer((_request, answer) => {
    response = answer;
    connection = openConnection(answer);
    answer.once('close', () => connection.body.destroy());
    connection.body.once('close', () => answer.writableEnded || answer.destroy());
    connection.body.pipe(answer);
    connection.send(Buffer.from(': connected\n\n'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  client = await openStream(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  await client.comment();
});
afterEach(() => {
  client.leave();
  server.closeAllConnections();
  server.close();
});

test('a client that does not read is cut off when 64 kB wait for it, and not before', async () => {
  client.pause();
  const closed = once(response, 'close');
  const chunk = Buffer.from(`: ${'x'.repeat(1_020)}\n\n`);
  let waiting = 0;
  while (!connection.body.destroyed) {
    waiting = connection.body.readableLength + response.writableLength;
    expect(waiting).toBeLessThanOrEqual(64 * 1024);
    connection.send(chunk);
    await immediate();
  }
  expect(waiting).toBeGreaterThan(62 * 1024);
  await closed;
  connection.send(chunk);
  connection.end();
});

test('a client that reads is sent as much as there is', async () => {
  const chunk = Buffer.from(`: ${'x'.repeat(1_020)}\n\n`);
  for (let n = 0; n < 2_000; n++) {
    connection.send(chunk);
    await client.comment();
  }
  expect(connection.body.destroyed).toBe(false);
});

test('an end comes after what was sent before it', async () => {
  connection.send(Buffer.from(': last\n\n'));
  connection.end();
  expect(await client.comment()).toBe(': last');
  expect(await client.ended).toBe(true);
});

test('an end does not wait for a client that does not read', async () => {
  client.pause();
  const chunk = Buffer.alloc(1_024, 'x');
  // More than the sockets on both sides take.
  while (response.writableLength < 16 * 1024) {
    connection.send(chunk);
    await immediate();
  }
  connection.end();
  await once(response, 'close');
  expect(response.writableFinished).toBe(false);
});

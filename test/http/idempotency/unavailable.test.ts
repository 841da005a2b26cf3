import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProblemError, problem } from '../../../src/http/problem.ts';
import { startProxy } from '../../support/proxy.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { isReplayed, sendKeyed } from './keyed.ts';

let database: TestDatabase;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let server: TestServer;
let duringRequest = async () => {};
const url = '/api/v2/refusals';

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await startProxy(database.connectionString);
  server = await startTestServer({ connectionString: proxy.connectionString });
  server.app.post(url, { schema: { hide: true } }, async () => {
    await duringRequest();
    throw new ProblemError(problem('slot_taken', 'Somebody has it.'));
  });
});
afterAll(async () => {
  await server.close();
  await proxy.close();
  await database.close();
});

test('while Postgres is away a write with a key is answered 503, and one without a key as ever', async () => {
  await proxy.refuse();
  const answer = await sendKeyed(server, url, { key: 'away' });
  expect(answer.statusCode).toBe(503);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect((await server.send('POST', url)).statusCode).toBe(409);
  await proxy.listen();
  expect((await sendKeyed(server, url, { key: 'away' })).statusCode).toBe(409);
});

test('an answer that cannot be kept is not given: 503, and the repeat is definite', async () => {
  duringRequest = () => proxy.refuse();
  const first = await sendKeyed(server, url, { key: 'lost' });
  expect(first.statusCode).toBe(503);
  expect(first.json().code).toBe('unavailable');
  expect(Number(first.headers['retry-after'])).toBeGreaterThan(0);
  duringRequest = async () => {};
  await proxy.listen();
  const second = await sendKeyed(server, url, { key: 'lost' });
  const third = await sendKeyed(server, url, { key: 'lost' });
  expect([second.statusCode, isReplayed(second)]).toEqual([409, false]);
  expect([third.statusCode, isReplayed(third)]).toEqual([409, true]);
});

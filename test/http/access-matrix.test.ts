import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop, everyDay, type TestShop } from '../support/shop.ts';
import { type Cast, castRoles, KNOWN_EMAIL, requestFor } from './access-matrix.requests.ts';
import { ACCESS, ROLES, type Role } from './access-matrix.table.ts';
import { type Operation, operationsOf } from './fuzz/operations.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let shop: TestShop;
let foreign: TestShop;
let cast: Cast;
let operations: readonly Operation[];

const PLAN = {
  hours: everyDay('00:00', '24:00'),
  barbers: ['Ana', 'Ben'],
  services: { Trim: [5] },
  settings: { slot_minutes: 5 },
} as const;

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db, PLAN);
  foreign = await createShop(server.database.db, PLAN);
  cast = await castRoles(server, shop, foreign);
  await server.signUp(KNOWN_EMAIL);
  operations = operationsOf(server.app);
});
afterAll(async () => {
  // better-auth answers before the last of its queries about keys is through.
  const { pool } = server.database;
  while (pool.idleCount < pool.totalCount) await once(pool, 'release');
  await server.close();
});

/** What the role gets for a valid request of its own. */
async function statusFor(operation: Operation, role: Role, query = ''): Promise<number> {
  // One visitor has two holds at most, and all of these come from one address.
  await server.database.pool.query(`delete from booking where status = 'held'`);
  const { url, ...extra } = await requestFor(cast, operation, role);
  return (await server.send(operation.method, `${url}${query}`, extra)).statusCode;
}

function operationNamed(name: string): Operation {
  const found = operations.find((operation) => operation.name === name);
  if (found === undefined) throw new Error(`There is no ${name}`);
  return found;
}

test('every operation of the OpenAPI document has a line in the table, and every line an operation', () => {
  expect([...ACCESS.keys()].sort()).toEqual(operations.map(({ name }) => name).sort());
  for (const statuses of ACCESS.values()) expect(statuses).toHaveLength(ROLES.length);
});

test.each([...ACCESS])('%s answers every role as the table says', async (name, statuses) => {
  const operation = operationNamed(name);
  const answered: number[] = [];
  for (const role of ROLES) answered.push(await statusFor(operation, role));
  const told = (row: readonly number[]) => Object.fromEntries(ROLES.map((role, i) => [role, row[i]]));
  expect(told(answered)).toEqual(told(statuses));
});

test('at another shop nothing of this one is found, whatever one is there', async () => {
  const about = operations.filter(({ name }) => /\/admin\/(?!users).*\{/.test(name));
  expect(about.length).toBeGreaterThan(10);
  for (const operation of about) {
    for (const role of ['foreign admin', 'owner'] as const)
      expect([operation.name, role, await statusFor(operation, role, `?shop=${foreign.slug}`)]).toEqual([
        operation.name,
        role,
        404,
      ]);
  }
});

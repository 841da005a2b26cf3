import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop, everyDay, type TestShop } from '../support/shop.ts';
import { type Cast, castRoles, KNOWN_EMAIL, requestFor } from './access-matrix.requests.ts';
import { ACCESS, ROLES, type Role } from './access-matrix.table.ts';
import { type Operation, operationsOf } from './fuzz/operations.ts';
import { PASSWORD, startTestServer, type TestServer } from './server.ts';

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
  server = await startTestServer({ trustProxy: 'true' });
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
  const answered = await Promise.all(ROLES.map((role) => statusFor(operation, role)));
  const told = (row: readonly number[]) => Object.fromEntries(ROLES.map((role, i) => [role, row[i]]));
  expect(told(answered)).toEqual(told(statuses));
});

/** One for each line between the roles. */
const FEW = [
  'GET /api/v2/me',
  'POST /api/v2/bookings/{id}/cancel',
  'POST /api/v2/bookings/{id}/complete',
  'GET /api/v2/staff/calendar',
  'PUT /api/v2/admin/barbers/{id}/hours',
  'PATCH /api/v2/admin/services/{id}',
  'POST /api/v2/admin/shops',
] as const;

describe('an account that is banned, or whose session was deleted, is nobody', () => {
  test.each([
    ['banned', `update "user" set banned = true where id = $1`],
    ['without its session', `delete from session where "userId" = $1`],
  ])('%s', async (_what, statement) => {
    for (const role of ['client', 'barber', 'admin', 'owner'] as const) {
      const account = await cast.another(role);
      if (account === undefined) throw new Error(`${role} has an account`);
      expect((await server.send('GET', '/api/v2/me', account)).statusCode).toBe(200);
      await server.database.pool.query(statement, [account.id]);
      for (const name of FEW) {
        const { url, body } = await requestFor(cast, operationNamed(name), role);
        const answer = await server.send(operationNamed(name).method, url, {
          token: account.token,
          ...(body && { body }),
        });
        expect([name, role, answer.statusCode]).toEqual([name, role, 401]);
      }
    }
  });
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

test.each(ROLES.filter((role) => !/anonymous|guest/.test(role)))(
  'the API key of the %s opens what the account does',
  async (role) => {
    const created = await server.send('POST', '/api/auth/api-key/create', {
      token: cast.account(role)?.token ?? '',
      body: { name: 'calendar' },
    });
    expect(created.statusCode).toBe(200);
    for (const name of FEW) {
      const operation = operationNamed(name);
      const { url, body } = await requestFor(cast, operation, role);
      const headers = { 'x-api-key': created.json().key };
      const answer = await server.send(operation.method, url, { headers, ...(body && { body }) });
      expect([name, answer.statusCode]).toEqual([name, ACCESS.get(name)?.[ROLES.indexOf(role)]]);
    }
  },
);

describe('the session cookie', () => {
  let cookie: string;

  beforeAll(async () => {
    const body = { email: KNOWN_EMAIL, password: PASSWORD };
    const signedIn = await server.send('POST', '/api/auth/sign-in/email', { body });
    cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
    const { rows } = await server.database.pool.query('select id from "user" where email = $1', [
      KNOWN_EMAIL,
    ]);
    await server.database.pool.query('insert into shop_role (user_id, role) values ($1, $2)', [
      rows[0].id,
      'admin',
    ]);
  });

  async function withCookie(name: string, headers: Record<string, string>) {
    const operation = operationNamed(name);
    const { url, body } = await requestFor(cast, operation, 'owner');
    return server.send(operation.method, url, { headers: { ...headers, cookie }, ...(body && { body }) });
  }

  test.each([
    ['of our own pages', { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }],
    ['of a program', {}],
  ])('opens reads and writes %s', async (_whose, headers: Record<string, string>) => {
    for (const name of FEW) {
      const answer = await withCookie(name, headers);
      expect([name, answer.statusCode]).toEqual([name, ACCESS.get(name)?.[ROLES.indexOf('owner')]]);
    }
  });

  test.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site that hides its name', { origin: 'null' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ])('opens no write of %s', async (_whose, headers: Record<string, string>) => {
    for (const name of FEW.filter((one) => !one.startsWith('GET')))
      expect([name, (await withCookie(name, headers)).statusCode]).toEqual([name, 403]);
    expect((await withCookie('GET /api/v2/me', headers)).statusCode).toBe(200);
  });
});

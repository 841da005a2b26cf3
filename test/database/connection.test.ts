import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../src/database/connection.ts';
import { isUnreachable } from '../../src/database/errors.ts';
import { startProxy } from '../support/proxy.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
const opened: DatabaseConnection[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});
afterAll(() => database.close());

function open(...[url = database.connectionString, options]: Partial<Parameters<typeof openDatabase>>) {
  const connection = openDatabase(url, options);
  opened.push(connection);
  return connection;
}

const one = async (expression: string): Promise<unknown> =>
  (await database.pool.query(`select ${expression} as value`)).rows[0].value;

describe('values read from the database', () => {
  test.each<[string, unknown]>([
    [`date '2026-03-29'`, '2026-03-29'],
    [`array[date '2026-03-29', null]`, ['2026-03-29', null]],
    [`time '09:30'`, '09:30:00'],
    [`array[time '09:30']`, ['09:30:00']],
    ['9007199254740991::int8', Number.MAX_SAFE_INTEGER],
    ['array[1, null, -3]::int8[]', [1, null, -3]],
    ['12.50::numeric', 12.5],
    ['array[12.50]::numeric[]', [12.5]],
    ['count(*)', 1],
    ['null::date', null],
    [`timestamptz '2026-03-29 01:30+02'`, new Date('2026-03-28T23:30:00Z')],
    [`'{"a": [1]}'::jsonb`, { a: [1] }],
  ])('%s is the plain value one expects', async (expression, value) => {
    expect(await one(expression)).toEqual(value);
  });

  test('an int8 that no number can hold is an error, not another number', async () => {
    await expect(one('9007199254740993::int8')).rejects.toThrow(RangeError);
    expect(await one('1')).toBe(1);
  });

  test('other users of pg in the process keep their own parsers', async () => {
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    expect((await client.query('select 1::int8 as value')).rows).toEqual([{ value: '1' }]);
    await client.end();
  });

  test('come through Kysely alike', async () => {
    const { rows } = await sql`select date '2026-03-29' as day, 5::int8 as number`.execute(database.db);
    expect(rows).toEqual([{ day: '2026-03-29', number: 5 }]);
  });
});

describe('a connection', () => {
  test('thinks in UTC, says who it is, and limits statements', async () => {
    const { pool } = open(database.connectionString, {
      applicationName: 'freshchair feed',
      statementLimitMs: 50,
    });
    const { rows } = await pool.query(
      `select current_setting('timezone') as timezone, current_setting('application_name') as name`,
    );
    expect(rows).toEqual([{ timezone: 'UTC', name: 'freshchair feed' }]);
    await expect(pool.query('select pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
  });

  test('that is cut while in use is an error of its query, and is replaced', async () => {
    const errors: Error[] = [];
    const { db } = open(database.connectionString, { max: 1, onError: (error) => errors.push(error) });
    const cut = db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await sql`select 1`.execute(tx);
    });
    const error = await cut.catch((reason: unknown) => reason);
    expect(isUnreachable(error)).toBe(true);
    const { rows } = await sql`select 1 as one`.execute(db);
    expect(rows).toEqual([{ one: 1 }]);
    expect(errors.length).toBeGreaterThan(0);
  });

  test('that is cut while idle is told of, and does not end the process', async () => {
    let told: (error: Error) => void = () => {};
    const error = new Promise<Error>((resolve) => {
      told = resolve;
    });
    const { pool } = open(database.connectionString, { max: 1, onError: (reason) => told(reason) });
    const { rows } = await pool.query('select pg_backend_pid() as pid');
    await database.pool.query('select pg_terminate_backend($1)', [rows[0].pid]);
    expect(isUnreachable(await error)).toBe(true);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('to a port where nobody listens fails at once', async () => {
    const { pool } = open('postgresql://freshchair@127.0.0.1:1/freshchair');
    const error = await pool.query('select 1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(isUnreachable(error)).toBe(true);
  });

  test('to a socket that is not there fails at once', async () => {
    const { pool } = open('postgresql://freshchair@localhost/freshchair?host=/nonexistent');
    const error = await pool.query('select 1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ENOENT' });
    expect(isUnreachable(error)).toBe(true);
  });

  test('to a server that accepts and says nothing is given up within seconds', async () => {
    const proxy = await startProxy(database.connectionString);
    proxy.mute();
    const { pool } = open(proxy.connectionString);
    const error = await pool.query('select 1').catch((reason: unknown) => reason);
    expect(isUnreachable(error)).toBe(true);
    await proxy.close();
  });

  test('whose query is never answered is thrown away, not given to the next one', async () => {
    const proxy = await startProxy(database.connectionString);
    const { db } = open(proxy.connectionString, { max: 1, statementLimitMs: 100 });
    await sql`select 1`.execute(db);
    proxy.mute();
    const error = await sql`select 1`.execute(db).catch((reason: unknown) => reason);
    expect(isUnreachable(error)).toBe(true);
    proxy.unmute();
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    await proxy.close();
  });
});

describe('a test database', () => {
  test('refuses to close when a client was taken and never given back', async () => {
    const other = await createTestDatabase();
    await other.pool.connect();
    await expect(other.close()).rejects.toThrow('1 of the pool');
  });

  test('has our tables, and nothing of other tests', async () => {
    const other = await createTestDatabase();
    expect((await other.pool.query('select count(*) as shops from shop')).rows).toEqual([{ shops: 0 }]);
    await other.close();
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/connection.ts';
import { isRetryable } from '../../src/database/errors.ts';
import { transaction } from '../../src/database/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  await database.pool.query(`
    create table counter (name text primary key, value int not null);
    insert into counter values ('a', 0), ('b', 0)`);
});
afterAll(() => database.close());

describe('a transaction', () => {
  test('answers with what its work returns, and is committed', async () => {
    const value = await transaction(database.db, async (tx) => {
      await sql`update counter set value = value + 1 where name = 'a'`.execute(tx);
      return 'done';
    });
    expect(value).toBe('done');
    expect((await sql`select value from counter where name = 'a'`.execute(database.db)).rows).toEqual([
      { value: 1 },
    ]);
  });

  test('is undone and not repeated when its work fails for another reason', async () => {
    let runs = 0;
    const failing = transaction(database.db, async (tx) => {
      runs += 1;
      await sql`insert into counter values ('undone', 1)`.execute(tx);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(runs).toBe(1);
    expect((await sql`select from counter where name = 'undone'`.execute(database.db)).rows).toEqual([]);
  });

  test('that met another in a deadlock is run again, and both succeed', async () => {
    await sql`update counter set value = 0`.execute(database.db);
    let runs = 0;
    let arrived = 0;
    let bothHaveTheFirst: () => void = () => {};
    const meeting = new Promise<void>((resolve) => {
      bothHaveTheFirst = resolve;
    });
    const crossing = (first: string, second: string) =>
      transaction(database.db, async (tx) => {
        runs += 1;
        await sql`update counter set value = value + 1 where name = ${first}`.execute(tx);
        arrived += 1;
        if (arrived === 2) bothHaveTheFirst();
        await meeting;
        await sql`update counter set value = value + 1 where name = ${second}`.execute(tx);
      });
    await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
    expect(runs).toBeGreaterThan(2);
    const { rows } =
      await sql`select name, value from counter where name in ('a', 'b') order by name`.execute(database.db);
    expect(rows).toEqual([
      { name: 'a', value: 2 },
      { name: 'b', value: 2 },
    ]);
  });

  test('is given up after as many attempts as allowed', async () => {
    let runs = 0;
    const hopeless = transaction(
      database.db,
      async (tx) => {
        runs += 1;
        await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(tx);
      },
      { attempts: 3 },
    );
    await expect(hopeless).rejects.toSatisfy(isRetryable);
    expect(runs).toBe(3);
  });

  test('sees what others commit meanwhile, whatever the default of the server is', async () => {
    await sql`alter role current_user set default_transaction_isolation = 'repeatable read'`.execute(
      database.db,
    );
    const other = openDatabase(database.connectionString);
    try {
      await transaction(other.db, async (tx) => {
        const value = async () =>
          (await sql<{ value: number }>`select value from counter`.execute(tx)).rows[0]?.value;
        const before = await value();
        await sql`update counter set value = value + 1`.execute(database.db);
        expect(await value()).toBe((before ?? 0) + 1);
      });
    } finally {
      await other.close();
      await sql`alter role current_user reset default_transaction_isolation`.execute(database.db);
    }
  });
});

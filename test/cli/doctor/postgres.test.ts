import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPostgres } from '../../../src/cli/doctor/postgres/check.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startTransactionPooler } from './transaction-pooler.ts';
import { of, those, withoutFix } from './verdicts.ts';

let database: TestDatabase;
let name: string;

beforeAll(async () => {
  database = await createTestDatabase();
  name = new URL(database.connectionString).pathname.slice(1);
});
afterAll(() => database.close());

const check = () => checkPostgres(database.connectionString);

/** Does one thing, looks, and undoes it. */
async function checkWhile(done: string, undone: string) {
  await database.pool.query(done);
  try {
    return await check();
  } finally {
    await database.pool.query(undone);
  }
}

describe('a real Postgres', () => {
  it('that was migrated is in order', async () => {
    const judgements = await check();
    expect(those('problem', judgements)).toEqual([]);
    // The one of the tests trades its data for speed.
    expect(those('warning', judgements).filter((one) => !['durability', 'latency'].includes(one))).toEqual(
      [],
    );
    expect(of('pooler', judgements).message).toBe('Nothing is between it and us.');
    expect(of('notifications', judgements).verdict).toBe('ok');
    expect(of('migrations', judgements).message).toMatch(/^All \d+ are applied\.$/);
  });

  it('that is empty can be migrated', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const judgements = await checkPostgres(empty.connectionString);
    expect(of('migrations', judgements)).toMatchObject({ verdict: 'warning', message: 'It is empty.' });
    expect(of('btree_gist', judgements).message).toContain('can be installed');
    expect(those('problem', judgements)).toEqual([]);
    await empty.close();
  });

  it('lacks a migration', async () => {
    const judgements = await checkWhile(
      `create table kept as select * from schema_migration where name = (select max(name) from schema_migration);
       delete from schema_migration where name = (select max(name) from schema_migration)`,
      'insert into schema_migration select * from kept; drop table kept',
    );
    expect(of('migrations', judgements)).toMatchObject({
      verdict: 'warning',
      message: expect.stringMatching(/^It lacks \d{4}_\w+\.$/),
      fix: expect.stringContaining('freshchair migrate'),
    });
  });

  it('was migrated by a newer Freshchair', async () => {
    const judgements = await checkWhile(
      `insert into schema_migration (name, checksum) values ('9999_future', 'x')`,
      `delete from schema_migration where name = '9999_future'`,
    );
    expect(of('migrations', judgements)).toMatchObject({
      verdict: 'problem',
      message: 'The database was migrated by a newer Freshchair (it has "9999_future").',
      fix: 'start that version, or restore an older database.',
    });
  });

  it('has a migration that was changed since', async () => {
    const judgements = await checkWhile(
      `update schema_migration set checksum = 'x' || checksum where name = '0002_shop'`,
      `update schema_migration set checksum = substr(checksum, 2) where name = '0002_shop'`,
    );
    expect(of('migrations', judgements)).toMatchObject({
      verdict: 'problem',
      message: expect.stringContaining('"0002_shop" was changed'),
    });
  });

  it('has triggers that somebody turned off', async () => {
    const judgements = await checkWhile(
      'alter table booking disable trigger user',
      'alter table booking enable trigger user',
    );
    expect(of('triggers', judgements)).toMatchObject({
      verdict: 'problem',
      message: expect.stringMatching(/booking\.\w+/),
    });
  });

  it('takes no writes', async () => {
    const judgements = await checkWhile(
      `alter database ${name} set default_transaction_read_only = on`,
      `alter database ${name} reset default_transaction_read_only`,
    );
    expect(of('writes', judgements).verdict).toBe('problem');
  });

  it('is told not to notify of changes', async () => {
    const url = new URL(database.connectionString);
    url.searchParams.set('options', '-c freshchair.notify=off');
    expect(of('triggers', await checkPostgres(url.href))).toMatchObject({
      verdict: 'warning',
      message: expect.stringContaining('freshchair.notify is off'),
    });
  });

  it('lets too few in', async () => {
    const judgements = await checkWhile(
      `alter database ${name} connection limit 13`,
      `alter database ${name} connection limit -1`,
    );
    expect(of('connections', judgements)).toMatchObject({
      verdict: 'warning',
      message: expect.stringMatching(/^There is room for ([0-9]|1[01]) more/),
    });
  });

  it('is behind a pooler that hands connections on after each transaction', async () => {
    const pooler = await startTransactionPooler(database.connectionString);
    const judgements = await checkPostgres(pooler.connectionString);
    expect(of('pooler', judgements)).toMatchObject({
      verdict: 'warning',
      message: expect.stringContaining('after each transaction'),
    });
    expect(withoutFix(judgements)).toEqual([]);
    await pooler.close();
  });
});

describe('a Postgres that cannot be asked', () => {
  it.each([
    [
      'nobody listens',
      'postgresql://me:hunter2@127.0.0.1:1/shop',
      /^Postgres cannot be reached \(.*ECONNREFUSED.*\)\.$/,
    ],
    ['there is no such host', 'postgresql://me:hunter2@nowhere.invalid/shop', /^Postgres cannot be reached/],
  ])('is one problem: %s', async (_, url, message) => {
    const judgements = await checkPostgres(url);
    expect(judgements).toEqual([
      {
        check: 'connection',
        verdict: 'problem',
        message: expect.stringMatching(message),
        fix: 'Check DATABASE_URL.',
      },
    ]);
    expect(JSON.stringify(judgements)).not.toContain('hunter2');
  });

  it('is one problem: there is no such database', async () => {
    const url = new URL(database.connectionString);
    url.pathname = '/nothing_here';
    expect(await checkPostgres(url.href)).toMatchObject([
      { verdict: 'problem', message: expect.stringContaining('"nothing_here" does not exist') },
    ]);
  });
});

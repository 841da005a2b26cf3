import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, requireSupportedVersion } from '../../src/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  directory = await mkdtemp(join(tmpdir(), 'freshchair-migrations-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
  await database.close();
});

const write = (file: string, sql: string) => writeFile(join(directory, file), sql);
const rows = async (sql: string) => (await database.pool.query(sql)).rows;

describe('migrations', () => {
  test('are applied in order, once, and recorded', async () => {
    await write('0002_second.sql', 'insert into trail values (2);');
    await write('0001_first.sql', 'create table trail (step int); insert into trail values (1);');
    expect(await migrate(database.connectionString, { directory })).toEqual(['0001_first', '0002_second']);
    expect(await migrate(database.connectionString, { directory })).toEqual([]);
    expect(await rows('select step from trail order by step')).toEqual([{ step: 1 }, { step: 2 }]);
    const recorded = await rows(
      'select name, length(checksum) as length, applied_at from schema_migration order by 1',
    );
    expect(recorded).toEqual([
      { name: '0001_first', length: 64, applied_at: expect.any(Date) },
      { name: '0002_second', length: 64, applied_at: expect.any(Date) },
    ]);
  });

  test('our own make an empty database whole', async () => {
    const applied = await migrate(database.connectionString);
    expect(applied[0]).toMatch(/^0001_/);
    expect(await rows(`select to_regclass('booking') is not null as there`)).toEqual([{ there: true }]);
  });

  test('run by several at once are applied once, whoever comes first', async () => {
    await write('0001_first.sql', 'create table trail (step int);');
    await write('0002_second.sql', 'insert into trail values (2);');
    const four = Array.from({ length: 4 }, () => migrate(database.connectionString, { directory }));
    const applied = await Promise.all(four);
    expect(applied.flat().sort()).toEqual(['0001_first', '0002_second']);
    expect(await rows('select step from trail')).toEqual([{ step: 2 }]);
  });

  test('a file that was changed after it was applied is refused by name', async () => {
    await write('0001_first.sql', 'create table trail (step int);');
    await migrate(database.connectionString, { directory });
    await write('0001_first.sql', 'create table trail (step bigint);');
    await expect(migrate(database.connectionString, { directory })).rejects.toMatchObject({
      code: 'changed',
      message: expect.stringContaining('"0001_first"'),
    });
  });

  test('other line ends are no change', async () => {
    await write('0001_first.sql', 'create table trail\n(step int);\n');
    await migrate(database.connectionString, { directory });
    await write('0001_first.sql', 'create table trail\r\n(step int);\r\n');
    expect(await migrate(database.connectionString, { directory })).toEqual([]);
  });

  test('a database of a newer Freshchair is refused', async () => {
    await write('0001_first.sql', 'create table trail (step int);');
    await write('0002_second.sql', 'select 1;');
    await migrate(database.connectionString, { directory });
    await rm(join(directory, '0002_second.sql'));
    await expect(migrate(database.connectionString, { directory })).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringContaining('"0002_second"'),
    });
  });

  test('a file that was slipped in before an applied one is refused', async () => {
    await write('0002_second.sql', 'select 1;');
    await migrate(database.connectionString, { directory });
    await write('0001_first.sql', 'select 1;');
    await expect(migrate(database.connectionString, { directory })).rejects.toMatchObject({
      code: 'out_of_order',
    });
  });

  test('one that fails is undone as a whole, and says where', async () => {
    await write('0001_first.sql', 'create table trail (step int);');
    await write('0002_second.sql', 'insert into trail values (2);\ninsert into nowhere values (1);\n');
    await expect(migrate(database.connectionString, { directory })).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringMatching(/"0002_second" failed at line 2 .*nowhere/),
      cause: expect.objectContaining({ code: '42P01' }),
    });
    expect(await rows('select step from trail')).toEqual([]);
    expect(await rows('select name from schema_migration')).toEqual([{ name: '0001_first' }]);
  });

  test('two with the same number, and names out of line, are refused before anything runs', async () => {
    await write('0001_first.sql', 'create table trail (step int);');
    await write('0001_other.sql', 'select 1;');
    await expect(migrate(database.connectionString, { directory })).rejects.toMatchObject({
      code: 'bad_name',
    });
    await rm(join(directory, '0001_other.sql'));
    await write('2-other.sql', 'select 1;');
    await expect(migrate(database.connectionString, { directory })).rejects.toMatchObject({
      code: 'bad_name',
    });
    expect(await rows(`select to_regclass('trail') as there`)).toEqual([{ there: null }]);
  });

  test('need PostgreSQL 15', () => {
    expect(() => requireSupportedVersion(140_019)).toThrow(
      /needs PostgreSQL 15 or newer; this server is PostgreSQL 14/,
    );
    expect(() => requireSupportedVersion(150_000)).not.toThrow();
  });
});

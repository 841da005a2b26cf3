import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { selectChanges, selectRun } from '../../../src/availability/feed/poll.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const DAY_MS = 24 * 3_600_000;

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.close();
});

const bump = (shopId: number) =>
  sql`select bump_availability(array[row(${shopId}, 0, '-infinity')::availability_key])`.execute(database.db);

test('without a snapshot a poll sees what changed within the lifetime, then what is new', async () => {
  await bump(7);
  await sql`insert into availability_version (shop_id, changed_at)
    values (8, now() - interval '25 hours')`.execute(database.db);
  const first = await selectChanges(client, undefined, DAY_MS);
  expect(first.changes).toEqual([{ shopId: 7, barberId: 0, day: '', version: 1 }]);
  expect((await selectChanges(client, first.snapshot, DAY_MS)).changes).toEqual([]);
  await bump(8);
  const { changes } = await selectChanges(client, first.snapshot, DAY_MS);
  expect(changes).toEqual([{ shopId: 8, barberId: 0, day: '', version: 2 }]);
});

test('a table restored from an older cluster, with transaction ids of the future, is not read by every poll', async () => {
  await sql`insert into availability_version (shop_id, changed_by)
    values (7, '4000000000000')`.execute(database.db);
  const first = await selectChanges(client, undefined, DAY_MS);
  expect(first.changes).toHaveLength(1);
  const second = await selectChanges(client, first.snapshot, DAY_MS);
  expect(second.changes).toEqual([]);
  await bump(7);
  const third = await selectChanges(client, second.snapshot, DAY_MS);
  expect(third.changes).toEqual([{ shopId: 7, barberId: 0, day: '', version: 2 }]);
});

test('tells a table that was made anew, and nothing else, from the one before', async () => {
  const { table } = await selectChanges(client, undefined, DAY_MS);
  await bump(7);
  await client.query('vacuum full availability_version');
  expect((await selectChanges(client, undefined, DAY_MS)).table).toBe(table);
  await client.query('create table copy (like availability_version including all)');
  await client.query('drop table availability_version');
  await client.query('alter table copy rename to availability_version');
  expect((await selectChanges(client, undefined, DAY_MS)).table).not.toBe(table);
});

test('an ordinary role may ask for the history of the cluster', async () => {
  expect((await selectRun(client)).cluster).toMatch(/^\d+\/[0-9A-F]{8}$/);
});

test('a cluster that does not tell its history has none, and polls go on', async () => {
  await client.query('create schema mute');
  await client.query(`create function mute.pg_control_system(out system_identifier bigint) language plpgsql as
    $$ begin raise insufficient_privilege; end $$`);
  await client.query('set search_path = mute, pg_catalog, public');
  expect(await selectRun(client)).toEqual({
    cluster: undefined,
    startedAt: expect.stringMatching(/^\d+\.\d+$/),
  });
  expect((await selectChanges(client, undefined, DAY_MS)).changes).toEqual([]);
});

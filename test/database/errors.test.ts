import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  isExclusionViolation,
  isForeignKeyViolation,
  isRetryable,
  isUniqueViolation,
  isUnreachable,
} from '../../src/database/errors.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  await database.pool.query(`
    create extension btree_gist;
    create table chair (id int primary key, minutes int4range);
    alter table chair add constraint chair_never_overlaps exclude using gist (minutes with &&);
    create table guest (chair_id int references chair);
    insert into chair values (1, '[0,30)')`);
});
afterAll(() => database.close());

const failure = (statement: string): Promise<unknown> =>
  database.pool.query(statement).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an error', () => {
  test('of an overlap is an exclusion violation of that constraint and nothing else', async () => {
    const error = await failure(`insert into chair values (2, '[29,40)')`);
    expect(isExclusionViolation(error)).toBe(true);
    expect(isExclusionViolation(error, 'chair_never_overlaps')).toBe(true);
    expect(isExclusionViolation(error, 'other')).toBe(false);
    expect([isUniqueViolation(error), isRetryable(error), isUnreachable(error)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('of a duplicate is a unique violation', async () => {
    const error = await failure(`insert into chair values (1, '[40,50)')`);
    expect(isUniqueViolation(error, 'chair_pkey')).toBe(true);
    expect(isExclusionViolation(error)).toBe(false);
  });

  test('of a missing parent is a foreign key violation', async () => {
    expect(isForeignKeyViolation(await failure('insert into guest values (99)'))).toBe(true);
  });

  test('of a mistake in a statement is none of them', async () => {
    const error = await failure('select nothing from nowhere');
    expect([isUnreachable(error), isRetryable(error), isUniqueViolation(error)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('of a refused connection means unreachable, also as the cause of another error', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(isUnreachable(new Error('no answer', { cause: refused }))).toBe(true);
  });

  test('of a missing file does not mean unreachable', () => {
    expect(isUnreachable(Object.assign(new Error('open'), { code: 'ENOENT', syscall: 'open' }))).toBe(false);
  });

  test.each([
    ['57P01', 'the server is being stopped'],
    ['57P03', 'the server is starting'],
    ['53300', 'the server has no connection left'],
    ['08006', 'the connection broke'],
  ])('with SQLSTATE %s (%s) means unreachable', async (state) => {
    const error = await failure(`do $$ begin raise exception 'said' using errcode = '${state}'; end $$`);
    expect(isUnreachable(error)).toBe(true);
  });

  test.each(['40001', '40P01'])('with SQLSTATE %s may be tried again', async (state) => {
    const error = await failure(`do $$ begin raise exception 'said' using errcode = '${state}'; end $$`);
    expect([isRetryable(error), isUnreachable(error)]).toEqual([true, false]);
  });
});

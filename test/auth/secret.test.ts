import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptSecret } from '../../src/auth/secret.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a secret is made up once, also by instances that start together, and kept', async () => {
  const secrets = await Promise.all(Array.from({ length: 8 }, () => keptSecret(database.db, 'accounts')));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(43);
  expect(await keptSecret(database.db, 'accounts')).toBe(secrets[0]);
  expect(await keptSecret(database.db, 'another')).not.toBe(secrets[0]);
});

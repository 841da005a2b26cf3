import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeLifetimes, type LifetimeChange } from '../../../src/availability/cache/lifetime-settings.ts';
import { createCommit } from '../../../src/availability/commit.ts';
import { type CachedBookingService, createCachedBookingService } from '../../../src/booking/cached.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { until } from '../../support/waiting.ts';

let database: TestDatabase;
let one: CachedBookingService;
let two: CachedBookingService;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  await database.pool.query('truncate cache_setting');
  one = await open(300);
  two = await open(200);
});
afterEach(() => Promise.all([one.close(), two.close()]));

async function open(availableSlotsTtl: number): Promise<CachedBookingService> {
  const { connectionString: databaseUrl, db } = database;
  const service = createCachedBookingService({ databaseUrl, db, cache: { availableSlotsTtl } });
  await service.following();
  return service;
}

const set = (change: LifetimeChange) =>
  createCommit(database.db, one.source.applied)((trx) => changeLifetimes(trx, change));
const days = ({ source }: CachedBookingService) => source.lifetimes().days;

test('a lifetime that is set is soon that of every instance, and of those that start later', async () => {
  await set({ days: 60, rules: 70 });
  await until(() => days(one) === 60 && days(two) === 60);
  expect(two.source.lifetimes()).toEqual({ days: 60, schedules: 3_600, rules: 70 });
  const three = await open(100);
  expect(three.source.lifetimes()).toEqual({ days: 60, schedules: 3_600, rules: 70 });
  await three.close();
});

test('one that is set back is for each instance what its own environment says', async () => {
  await set({ days: 60 });
  await until(() => days(one) === 60 && days(two) === 60);
  await set({ days: null });
  await until(() => days(one) === 300 && days(two) === 200);
});

test('SQL typed by hand counts too', async () => {
  await database.pool.query(`insert into cache_setting values ('available_slots_ttl', 90)`);
  await until(() => days(one) === 90 && days(two) === 90);
  await database.pool.query('delete from cache_setting');
  await until(() => days(one) === 300 && days(two) === 200);
});

test('whoever applies what is set has it when that resolves', async () => {
  await set({ schedules: 5 });
  await Promise.all([two.lifetimes.apply(), two.lifetimes.apply()]);
  expect(two.source.lifetimes().schedules).toBe(5);
  expect(two.lifetimes.defaults).toEqual({ days: 200, schedules: 3_600, rules: 86_400 });
});

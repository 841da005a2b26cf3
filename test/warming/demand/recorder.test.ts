import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { targetsOfDays } from '../../../src/availability/cache/keys.ts';
import { openDatabase } from '../../../src/database/connection.ts';
import { createDemandCounter } from '../../../src/warming/demand/counter.ts';
import {
  pruneDemand,
  selectHours,
  selectShares,
  selectShopsInDemand,
} from '../../../src/warming/demand/queries.ts';
import { createDemandRecorder } from '../../../src/warming/demand/recorder.ts';
import { clockAt, createShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Sunday, 22 November, 20:10 in New York. */
const NOW = '2026-11-23T01:10:00Z';

/** What counts and writes in one process. */
function openInstance(shopId: number, { db } = database) {
  const warnings: unknown[] = [];
  const counter = createDemandCounter();
  const clock = clockAt(NOW);
  const log = { warn: (...line: unknown[]) => void warnings.push(line) };
  const recorder = createDemandRecorder({ db, counter, clock, log });
  const read = (barberIds: readonly number[], from: string, to = from) =>
    counter.watch('days', targetsOfDays({ shopId, barberIds, from, to }))?.();
  return { recorder, clock, read, warnings };
}

const hoursOf = (shopId: number, now = NOW) => selectHours(database.db, shopId, Date.parse(now));
const sharesOf = (shopId: number, now = NOW) => selectShares(database.db, shopId, Date.parse(now));

test('what two instances counted adds up, and to what an earlier run wrote', async () => {
  const { id } = await createShop(database.db);
  for (let run = 0; run < 2; run++) {
    const [one, two] = [openInstance(id), openInstance(id)];
    for (let reads = 0; reads < 3; reads++) one.read([1], '2026-11-22');
    two.read([1], '2026-11-22');
    await Promise.all([one.recorder.write(), two.recorder.write()]);
    one.read([1], '2026-11-22');
    // As a process that is killed: what it wrote stays, what it had not written is lost.
  }
  expect(await hoursOf(id)).toEqual([{ at: Date.parse('2026-11-23T01:00:00Z'), reads: 8 }]);
});

test('many instances that write the same at once do not wait for each other in a circle', async () => {
  const { id } = await createShop(database.db);
  const instances = Array.from({ length: 8 }, () => openInstance(id));
  for (let round = 0; round < 5; round++) {
    for (const [i, { read }] of instances.entries())
      for (let n = 0; n < 200; n++) read([1 + ((n + 25 * i) % 200)], '2026-11-22');
    await Promise.all(instances.map(({ recorder }) => recorder.write()));
  }
  expect(await hoursOf(id)).toMatchObject([{ reads: 8_000 }]);
});

test('days ahead count from the shop’s own date, and an hour is that in which was read', async () => {
  const { id } = await createShop(database.db, { timezone: 'America/New_York' });
  const { recorder, clock, read } = openInstance(id);
  read([1], '2026-11-22');
  read([1, 2], '2026-11-23', '2026-11-29');
  clock.set('2026-11-23T05:00:00Z');
  await recorder.write();
  // Now it is Monday in New York, too.
  read([1], '2026-11-23');
  await recorder.write();
  expect(await sharesOf(id, '2026-11-23T05:00:00Z')).toMatchObject([
    { barberId: 1, daysAhead: 0, days: 1, share: expect.closeTo(2 / 3, 1) },
    { barberId: 0, daysAhead: 1, days: 7, share: expect.closeTo(1 / 3, 1) },
  ]);
  expect(await hoursOf(id, '2026-11-23T05:00:00Z')).toEqual([
    { at: Date.parse('2026-11-23T01:00:00Z'), reads: 2 },
    { at: Date.parse('2026-11-23T05:00:00Z'), reads: 1 },
  ]);
});

test('what was read of late counts more: a week makes half', async () => {
  const { id } = await createShop(database.db);
  const { recorder, clock, read } = openInstance(id);
  for (let reads = 0; reads < 2; reads++) read([1], '2026-11-22');
  await recorder.write();
  clock.set('2026-11-30T01:00:00Z');
  await recorder.write();
  read([2], '2026-11-29');
  await recorder.write();
  const [first, second] = await sharesOf(id, '2026-11-30T01:00:00Z');
  expect([first?.share, second?.share]).toEqual([expect.closeTo(0.5, 2), expect.closeTo(0.5, 2)]);
});

test('while Postgres cannot be reached nothing is lost; closing writes a last time, and says what it could not', async () => {
  const { id } = await createShop(database.db);
  const away = openDatabase('postgresql://nobody@127.0.0.1:9/none');
  const { recorder, read, warnings } = openInstance(id, { ...database, db: away.db });
  read([1], '2026-11-22');
  await expect(recorder.write()).rejects.toThrow();
  await expect(recorder.write()).rejects.toThrow();
  await recorder.close();
  expect(warnings).toHaveLength(1);
  await away.close();

  const working = openInstance(id);
  working.read([1], '2026-11-22');
  working.clock.set('2026-11-23T02:10:00Z');
  await database.pool.query('alter table demand rename to gone');
  await expect(working.recorder.write()).rejects.toThrow();
  await database.pool.query('alter table gone rename to demand');
  working.recorder.start();
  working.read([1], '2026-11-22');
  await working.recorder.close();
  expect(await hoursOf(id, '2026-11-23T03:00:00Z')).toEqual([
    { at: Date.parse('2026-11-23T01:00:00Z'), reads: 1 },
    { at: Date.parse('2026-11-23T02:00:00Z'), reads: 1 },
  ]);
});

test('what was read while Postgres was away for hours is of the hours in which it was read', async () => {
  const { id } = await createShop(database.db);
  const { recorder, clock, read } = openInstance(id);
  await database.pool.query('alter table demand rename to gone');
  for (const [i, time] of ['01:15', '01:55', '02:00', '02:30', '03:00', '03:05'].entries()) {
    for (let n = 0; n <= i; n++) read([1], '2026-11-22');
    clock.set(`2026-11-23T${time}:00Z`);
    await expect(recorder.write()).rejects.toThrow();
  }
  await database.pool.query('alter table gone rename to demand');
  await recorder.write();
  expect(await hoursOf(id, '2026-11-23T04:00:00Z')).toEqual([
    { at: Date.parse('2026-11-23T01:00:00Z'), reads: 1 + 2 + 3 },
    { at: Date.parse('2026-11-23T02:00:00Z'), reads: 4 + 5 },
    { at: Date.parse('2026-11-23T03:00:00Z'), reads: 6 },
  ]);
});

test('reads of a shop that is no more, and of dates beyond belief, spoil nothing', async () => {
  const { id } = await createShop(database.db);
  const gone = await createShop(database.db);
  const [{ recorder, read }, counter] = [openInstance(id), openInstance(gone.id)];
  read([1], '2199-12-31');
  read([1], '2026-11-22');
  counter.read([1], '2026-11-22');
  await database.pool.query('delete from shop where id = $1', [gone.id]);
  await Promise.all([recorder.write(), counter.recorder.write()]);
  expect(await hoursOf(id)).toMatchObject([{ reads: 1 }]);
  expect(await hoursOf(gone.id)).toEqual([]);
});

test('eight weeks are kept', async () => {
  const { id } = await createShop(database.db);
  const { recorder, clock, read } = openInstance(id);
  read([1], '2026-11-22');
  await recorder.write();
  clock.set('2027-01-17T20:00:00Z');
  const beyond = Date.parse('2027-01-18T02:00:00Z');
  expect(await selectShopsInDemand(database.db, clock.now())).toContain(id);
  await pruneDemand(database.db, clock.now());
  expect(await hoursOf(id)).toHaveLength(1);
  await pruneDemand(database.db, beyond);
  expect(await hoursOf(id)).toEqual([]);
  expect(await selectShopsInDemand(database.db, beyond)).not.toContain(id);
});

test('whoever asks for every range there is does not hide what others ask for, nor make it long', async () => {
  const { id } = await createShop(database.db);
  await sql`
    insert into demand (shop_id, hour, barber_id, days_ahead, days, reads)
    select ${id}, '2026-11-23T00:00:00Z', 0, days_ahead, days, case when days = 1 then 9 else 1 end
    from generate_series(0, 99) as days_ahead, generate_series(1, 60) as days`.execute(database.db);
  const shares = await sharesOf(id);
  expect(shares).toHaveLength(5_000);
  expect(shares.slice(0, 100).every(({ days }) => days === 1)).toBe(true);
  // Of all reads, also of those that are left out.
  expect(shares[0]?.share).toBeCloseTo(9 / (100 * 9 + 5_900), 6);
});

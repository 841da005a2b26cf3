import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/schema.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

/** What every statement below may name, as `{name}`. */
interface Ids {
  readonly shop: number;
  readonly other: number;
  readonly ana: number;
  readonly ben: number;
  readonly cut: number;
  readonly foreign: number;
}

let database: TestDatabase;
let db: Kysely<Database>;
let shop: TestShop;
let other: TestShop;
let ids: Ids;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  shop = await createShop(db, { barbers: ['Ana', 'Ben'] });
  other = await createShop(db, { barbers: ['Cem'] });
  const [ana = 0, ben = 0] = shop.barberIds;
  const [foreign = 0] = other.barberIds;
  ids = { shop: shop.id, other: other.id, ana, ben, cut: shop.serviceIds.Haircut ?? 0, foreign };
});

afterAll(() => database.close());

const RULES = 'rules of the shop';
const NOBODY: readonly string[] = [];

/** The keys that a statement bumps after others have prepared the ground, by the names above. */
async function bumpedBy(statement: string, ...before: readonly string[]): Promise<string[]> {
  const undone = new Error('undone');
  let bumped: string[] = [];
  const run = (text: string, tx: Kysely<Database>) =>
    sql.raw(text.replace(/\{(\w+)\}/g, (_, name: keyof Ids) => String(ids[name]))).execute(tx);
  await db
    .transaction()
    .execute(async (tx) => {
      for (const text of before) await run(text, tx);
      const versions = await versionsOf(tx);
      await run(statement, tx);
      const after = await versionsOf(tx);
      bumped = [...after].filter(([key, version]) => version !== versions.get(key)).map(([key]) => key);
      for (const [key, version] of versions) expect(after.get(key), key).toBeGreaterThanOrEqual(version);
      throw undone;
    })
    .catch((error) => {
      if (error !== undone) throw error;
    });
  return bumped.sort();
}

async function versionsOf(tx: Kysely<Database>): Promise<Map<string, number>> {
  const { rows } = await sql<{ shop_id: number; barber_id: number; day: string; version: number }>`
    select shop_id, barber_id, to_char(day, 'YYYY-MM-DD') as day, version from availability_version`.execute(
    tx,
  );
  const names = new Map([
    [ids.ana, 'ana'],
    [ids.ben, 'ben'],
    [ids.foreign, 'foreign'],
  ]);
  return new Map(
    rows.map(({ shop_id, barber_id, day, version }) => {
      const whose = barber_id === 0 ? RULES : (names.get(barber_id) ?? `barber ${barber_id}`);
      const where = shop_id === ids.shop ? '' : shop_id === ids.other ? 'other: ' : 'new: ';
      return [`${where}${whose}${day === null ? '' : ` ${day}`}`, version];
    }),
  );
}

/** Noon at the shop, in New York, on the 23rd unless told otherwise. */
function booking(set: Readonly<Record<string, string>> = {}): string {
  const row: Record<string, string> = {
    shop_id: '{shop}',
    barber_id: '{ana}',
    service_id: '{cut}',
    service_name: "'Haircut'",
    status: "'confirmed'",
    starts_at: "'2026-11-23 17:00Z'",
    ends_at: "'2026-11-23 17:30Z'",
    occupied: "'[2026-11-23 17:00Z,2026-11-23 17:30Z)'",
    price_amount: '3000',
    currency: "'USD'",
    ...set,
  };
  return `insert into booking (${Object.keys(row)}) values (${Object.values(row)})`;
}

const at = (from: string, to: string) => ({
  starts_at: `'${from}'`,
  ends_at: `'${to}'`,
  occupied: `'[${from},${to})'`,
});

const HELD = { status: "'held'", lapses_at: "'2026-11-22 15:05Z'" };
const HOURS =
  "insert into weekly_hours (shop_id, barber_id, weekday, opens, closes) values ({shop}, {ana}, 7, '18:00', '19:00')";
const OVERRIDE = "insert into date_override (shop_id, barber_id, date) values ({shop}, {ana}, '2026-11-23')";
const TIME_OFF =
  "insert into time_off (shop_id, barber_id, during) values ({shop}, {ana}, '[2026-11-23 10:00,2026-11-23 12:00)')";
const CLOSURE = "insert into closure (shop_id, during) values ({shop}, '[2026-11-23,2026-11-24)')";

/** Table, what happens, the statement, what it bumps, what had to be there. */
type Case = readonly [
  table: string,
  what: string,
  statement: string,
  bumped: readonly string[],
  before?: string,
];

const CASES: readonly Case[] = [
  [
    'shop',
    'a new shop',
    "insert into shop (slug, name, timezone) values ('new', 'New', 'UTC')",
    [`new: ${RULES}`],
  ],
  ['shop', 'another zone', "update shop set timezone = 'Europe/Berlin' where id = {shop}", [RULES]],
  ['shop', 'another slot length', 'update shop set slot_minutes = 20 where id = {shop}', [RULES]],
  ['shop', 'another notice', 'update shop set notice_minutes = 60 where id = {shop}', [RULES]],
  ['shop', 'another horizon', 'update shop set horizon_days = 10 where id = {shop}', [RULES]],
  ['shop', 'another cut-off', "update shop set same_day_cutoff = '12:00' where id = {shop}", [RULES]],
  ['shop', 'two shops at once', 'update shop set hold_minutes = 6', [`other: ${RULES}`, RULES]],
  ['shop', 'its end', 'delete from shop where id = {shop}', [RULES, 'ana', 'ben']],

  [
    'opening_hours',
    'new hours',
    "insert into opening_hours (shop_id, weekday, opens, closes) values ({shop}, 7, '18:00', '19:00')",
    [RULES],
  ],
  [
    'opening_hours',
    'other hours',
    "update opening_hours set closes = '16:00' where shop_id = {shop}",
    [RULES],
  ],
  [
    'opening_hours',
    'hours that move to another shop',
    "update opening_hours set shop_id = {other}, opens = '18:00', closes = '19:00' where shop_id = {shop} and weekday = 7",
    [`other: ${RULES}`, RULES],
  ],
  [
    'opening_hours',
    'no more hours',
    'delete from opening_hours where shop_id = {shop} and weekday = 1',
    [RULES],
  ],

  ['closure', 'a new one', CLOSURE, [RULES]],
  ['closure', 'a longer one', "update closure set during = '[2026-11-23,2026-11-25)'", [RULES], CLOSURE],
  ['closure', 'one that was called off', 'delete from closure', [RULES], CLOSURE],

  [
    'service',
    'a new one',
    "insert into service (shop_id, name, duration_minutes, price_amount) values ({shop}, 'Beard', 20, 1500)",
    [RULES],
  ],
  ['service', 'another duration', 'update service set duration_minutes = 45 where id = {cut}', [RULES]],
  ['service', 'another buffer', 'update service set buffer_after_minutes = 10 where id = {cut}', [RULES]],
  [
    'service',
    'one that is not offered for now',
    'update service set active = false where id = {cut}',
    [RULES],
  ],
  ['service', 'its end', 'delete from service where id = {cut}', [RULES]],

  ['barber', 'a new one', "insert into barber (shop_id, name) values ({shop}, 'Dan')", [RULES]],
  ['barber', 'one who stops', 'update barber set active = false where id = {ana}', [RULES]],
  [
    'barber',
    'one who leaves, and whose hours go as well',
    'delete from barber where id = {ana}',
    [RULES, 'ana'],
  ],

  [
    'barber_service',
    'one more',
    'insert into barber_service (shop_id, barber_id, service_id) values ({shop}, {ana}, {cut})',
    [RULES],
    'delete from barber_service where barber_id = {ana}',
  ],
  [
    'barber_service',
    'a duration of her own',
    'update barber_service set duration_minutes = 40 where barber_id = {ana}',
    [RULES],
  ],
  ['barber_service', 'one less', 'delete from barber_service where barber_id = {ana}', [RULES]],

  ['weekly_hours', 'one period more', HOURS, ['ana']],
  [
    'weekly_hours',
    'another period',
    "update weekly_hours set closes = '16:00' where barber_id = {ana}",
    ['ana'],
  ],
  [
    'weekly_hours',
    'a period that goes to somebody else',
    "update weekly_hours set barber_id = {ben} where opens = '18:00'",
    ['ana', 'ben'],
    HOURS,
  ],
  [
    'weekly_hours',
    'one period less',
    'delete from weekly_hours where barber_id = {ana} and weekday = 1',
    ['ana'],
  ],

  ['date_override', 'a day off', OVERRIDE, ['ana']],
  ['date_override', 'another date', "update date_override set date = '2026-11-24'", ['ana'], OVERRIDE],
  ['date_override', 'another barber', 'update date_override set barber_id = {ben}', ['ana', 'ben'], OVERRIDE],
  ['date_override', 'as the week has it again', 'delete from date_override', ['ana'], OVERRIDE],

  ['time_off', 'a pause', TIME_OFF, ['ana']],
  [
    'time_off',
    'a longer one',
    "update time_off set during = '[2026-11-23 10:00,2026-11-24 12:00)'",
    ['ana'],
    TIME_OFF,
  ],
  ['time_off', 'another barber', 'update time_off set barber_id = {ben}', ['ana', 'ben'], TIME_OFF],
  ['time_off', 'one that was called off', 'delete from time_off', ['ana'], TIME_OFF],

  ['booking', 'a new one', booking(), ['ana 2026-11-23']],
  ['booking', 'a new hold', booking(HELD), ['ana 2026-11-23']],
  ['booking', 'one that is cancelled from the start', booking({ status: "'cancelled'" }), NOBODY],
  [
    'booking',
    'one that goes on after midnight at the shop',
    booking(at('2026-11-24 04:30Z', '2026-11-24 05:30Z')),
    ['ana 2026-11-23', 'ana 2026-11-24'],
  ],
  [
    'booking',
    'one so close to midnight that clocks may differ about its day',
    booking(at('2026-11-24 05:30Z', '2026-11-24 06:00Z')),
    ['ana 2026-11-23', 'ana 2026-11-24'],
  ],
  ['booking', 'a cancellation', "update booking set status = 'cancelled'", ['ana 2026-11-23'], booking()],
  ['booking', 'a no-show', "update booking set status = 'no_show'", ['ana 2026-11-23'], booking()],
  [
    'booking',
    'a completion, which frees nothing',
    "update booking set status = 'completed'",
    NOBODY,
    booking(),
  ],
  [
    'booking',
    'a cancellation taken back',
    "update booking set status = 'confirmed'",
    ['ana 2026-11-23'],
    booking({ status: "'cancelled'" }),
  ],
  [
    'booking',
    'a hold that becomes a booking',
    "update booking set status = 'confirmed', lapses_at = null",
    ['ana 2026-11-23'],
    booking(HELD),
  ],
  [
    'booking',
    'a hold that is kept for longer',
    "update booking set lapses_at = '2026-11-22 15:10Z'",
    ['ana 2026-11-23'],
    booking(HELD),
  ],
  [
    'booking',
    'a hold that changes hands',
    "update booking set hold_token_hash = '\\x01'",
    ['ana 2026-11-23'],
    booking(HELD),
  ],
  [
    'booking',
    'another barber',
    'update booking set barber_id = {ben}',
    ['ana 2026-11-23', 'ben 2026-11-23'],
    booking(),
  ],
  [
    'booking',
    'another date',
    "update booking set starts_at = starts_at + '2 days'::interval, ends_at = ends_at + '2 days'::interval, occupied = '[2026-11-25 17:00Z,2026-11-25 17:30Z)'",
    ['ana 2026-11-23', 'ana 2026-11-25'],
    booking(),
  ],
  [
    'booking',
    'another time',
    "update booking set ends_at = '2026-11-23 18:00Z', occupied = '[2026-11-23 17:00Z,2026-11-23 18:00Z)'",
    ['ana 2026-11-23'],
    booking(),
  ],
  [
    'booking',
    'a wider buffer',
    "update booking set occupied = '[2026-11-23 16:50Z,2026-11-23 17:30Z)'",
    ['ana 2026-11-23'],
    booking(),
  ],
  [
    'booking',
    'a note, which changes nothing',
    "update booking set notes = 'window seat', version = version + 1",
    NOBODY,
    booking(),
  ],
  [
    'booking',
    'a note on what is cancelled',
    "update booking set notes = 'ill'",
    NOBODY,
    booking({ status: "'cancelled'" }),
  ],
  ['booking', 'its end', 'delete from booking', ['ana 2026-11-23'], booking()],
  [
    'booking',
    'the end of one that was cancelled',
    'delete from booking',
    NOBODY,
    booking({ status: "'cancelled'" }),
  ],
];

describe.each([...new Set(CASES.map(([table]) => table))])(
  'a change of %s counts up the right versions:',
  (table) => {
    for (const [, what, statement, bumped, before] of CASES.filter(([name]) => name === table)) {
      test(what, async () => {
        expect(await bumpedBy(statement, ...(before === undefined ? [] : [before]))).toEqual(
          [...bumped].sort(),
        );
      });
    }

    test('TRUNCATE counts up every shop', async () => {
      expect(await bumpedBy(`truncate ${table} cascade`)).toEqual([`other: ${RULES}`, RULES]);
    });
  },
);

test('a statement that touches no row counts up nothing', async () => {
  expect(await bumpedBy('update shop set slot_minutes = 10 where id = 0')).toEqual([]);
  expect(await bumpedBy('delete from booking where id = 0')).toEqual([]);
});

test('many bookings in one statement count up each day once', async () => {
  const many = `insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied, price_amount, currency)
    select {shop}, {ana}, {cut}, 'Haircut', 'confirmed', t, t + '30 min'::interval, tstzrange(t, t + '30 min'), 0, 'USD'
    from generate_series('2026-11-23 15:00Z'::timestamptz, '2026-11-23 20:00Z', '30 min') as t`;
  expect(await bumpedBy(many)).toEqual(['ana 2026-11-23']);
});

test('every version goes up by one with each change', async () => {
  const version = async (tx: Kysely<Database>) => (await versionsOf(tx)).get('ana') ?? 0;
  const before = await version(db);
  for (const times of [1, 2, 3]) {
    await db
      .updateTable('weekly_hours')
      .set({ closes: `1${times}:00` })
      .where('barber_id', '=', ids.ana)
      .execute();
    expect(await version(db)).toBe(before + times);
  }
});

test('what is undone has counted up nothing', async () => {
  const before = await versionsOf(db);
  await bumpedBy(booking());
  expect(await versionsOf(db)).toEqual(before);
});

test('no table from which availability is read is without its triggers', async () => {
  const { rows } = await sql<{ table_name: string; events: string[] }>`
    select c.relname as table_name, array_agg(distinct event order by event) as events
    from pg_class c join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled = 'O'
    join pg_proc p on p.oid = t.tgfoid,
      lateral (values (4, 'insert'), (8, 'delete'), (16, 'update'), (32, 'truncate')) as e (bit, event)
    where t.tgtype & bit > 0 and p.proname like '%\_changed'
    group by c.relname order by 1`.execute(db);
  const events = ['delete', 'insert', 'truncate', 'update'];
  const tables = [...new Set(CASES.map(([table]) => table))].sort();
  expect(rows).toEqual(tables.map((table_name) => ({ table_name, events })));
});

test.each(['delete from availability_version', 'truncate availability_version'])(
  'versions never go back: "%s" is refused',
  async (statement) => {
    await expect(database.pool.query(statement)).rejects.toThrow('never emptied');
  },
);

import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreateBookingOptions } from '../../src/booking/types/bookings.ts';
import type { BookingService } from '../../src/booking/types/service.ts';
import type { Database } from '../../src/database/schema.ts';
import type { FaultCode } from '../../src/outcome.ts';
import { clockAt, createShop, createUser, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { untilWaiting } from '../support/waiting.ts';
import { codesOf, resultOf, services } from './services.ts';

type Change = (db: Kysely<Database>, shop: TestShop) => Promise<unknown>;

const firstBarber = ({ barberIds }: TestShop) => barberIds[0] ?? 0;

const setInactive: Change = (db, shop) =>
  db.updateTable('barber').set({ active: false }).where('id', '=', firstBarber(shop)).execute();
const removeOffer: Change = (db, shop) =>
  db.deleteFrom('barber_service').where('barber_id', '=', firstBarber(shop)).execute();
const endWork: Change = (db, shop) =>
  db.deleteFrom('weekly_hours').where('barber_id', '=', firstBarber(shop)).execute();
const takeTimeOff: Change = (db, shop) =>
  db
    .insertInto('time_off')
    .values({ shop_id: shop.id, barber_id: firstBarber(shop), during: '[2026-03-02, 2026-03-03)' })
    .execute();

/** What may happen to a shop that is about to be booked at 10:00 with its first barber, and the refusal. */
const CHANGES: readonly (readonly [what: string, change: Change, refusal: FaultCode])[] = [
  ['the hours of the barber end', endWork, 'outside_hours'],
  ['the barber takes time off', takeTimeOff, 'slot_taken'],
  [
    'the barber has other hours on that date',
    (db, shop) =>
      db
        .insertInto('date_override')
        .values({ shop_id: shop.id, barber_id: firstBarber(shop), date: '2026-03-02' })
        .execute(),
    'outside_hours',
  ],
  [
    'the shop closes for the day',
    (db, { id }) =>
      db.insertInto('closure').values({ shop_id: id, during: '[2026-03-02, 2026-03-03)' }).execute(),
    'outside_hours',
  ],
  [
    'the shop opens later',
    (db, { id }) =>
      db.updateTable('opening_hours').set({ opens: '12:00' }).where('shop_id', '=', id).execute(),
    'outside_hours',
  ],
  ['the barber leaves', setInactive, 'not_found'],
  ['the barber no longer offers the service', removeOffer, 'unknown_service'],
  [
    'the service is dropped',
    (db, { id }) => db.updateTable('service').set({ active: false }).where('shop_id', '=', id).execute(),
    'unknown_service',
  ],
  [
    'the shop moves to another time zone',
    (db, { id }) => db.updateTable('shop').set({ timezone: 'Asia/Tokyo' }).where('id', '=', id).execute(),
    'outside_hours',
  ],
  [
    'the shop asks for two days of notice',
    (db, { id }) => db.updateTable('shop').set({ notice_minutes: 2880 }).where('id', '=', id).execute(),
    'notice_too_short',
  ],
];

describe.each(services)('booking while the rules are being changed (%s)', (_name, open) => {
  let database: TestDatabase;
  let service: BookingService;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await open(database, clockAt('2026-03-01T17:00:00Z'));
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  /** Books 10:00 while the change is made but not yet committed, and ends the change once the booking waits. */
  async function bookDuring(
    shop: TestShop,
    change: Change,
    end: 'commit' | 'rollback',
    wish: Partial<CreateBookingOptions> = {},
  ) {
    const userId = await createUser(database.db);
    const at = { shop: shop.slug, userId, service: 'Haircut', start: '2026-03-02T10:00:00-05:00' };
    const trx = await database.db.startTransaction().execute();
    try {
      await change(trx, shop);
      const outcome = service.createBooking({ ...at, ...wish });
      await untilWaiting(database);
      await trx[end]().execute();
      return await outcome;
    } finally {
      if (!trx.isCommitted && !trx.isRolledBack) await trx.rollback().execute();
    }
  }

  test.each(CHANGES)('waits, and is refused when %s', async (_what, change, refusal) => {
    const shop = await createShop(database.db);
    const outcome = await bookDuring(shop, change, 'commit', { barberId: firstBarber(shop) });
    expect(codesOf(outcome)).toEqual([refusal]);
  });

  test.each(CHANGES)('waits, and is done when after all it is not so that %s', async (_what, change) => {
    const shop = await createShop(database.db);
    const outcome = await bookDuring(shop, change, 'rollback', { barberId: firstBarber(shop) });
    expect(resultOf(outcome)).toMatchObject({ status: 'confirmed', barberName: 'Ana', time: '10:00' });
  });

  test.each([
    ['leaves', setInactive],
    ['no longer offers the service', removeOffer],
    ['ends work', endWork],
    ['takes time off', takeTimeOff],
  ])('goes to the next free barber when the one whom it was to be %s', async (_what, change) => {
    const shop = await createShop(database.db, { barbers: ['Ana', 'Ben', 'Cem'] });
    expect(resultOf(await bookDuring(shop, change, 'commit'))).toMatchObject({ barberName: 'Ben' });
  });
});

describe('changes of schedules', () => {
  const WRITERS = 8;
  let database: TestDatabase;

  beforeAll(async () => {
    // Who holds the lock, and who looks for those that wait, need a connection too.
    database = await createTestDatabase({ max: WRITERS + 2 });
  });
  afterAll(() => database.close());

  const minute = (i: number) => `09:${String(i).padStart(2, '0')}`;

  test.each<readonly [what: string, locked: 'barber' | 'shop', write: (i: number) => Change]>([
    [
      'time off of one barber',
      'barber',
      (i) => (db, shop) =>
        db
          .insertInto('time_off')
          .values({
            shop_id: shop.id,
            barber_id: firstBarber(shop),
            during: `[2026-03-02 ${minute(i)}, 2026-03-03)`,
          })
          .execute(),
    ],
    [
      'overrides of one barber',
      'barber',
      (i) => (db, shop) =>
        db
          .insertInto('date_override')
          .values({ shop_id: shop.id, barber_id: firstBarber(shop), date: `2026-04-${10 + i}` })
          .execute(),
    ],
    [
      'closures of one shop',
      'shop',
      (i) =>
        (db, { id }) =>
          db
            .insertInto('closure')
            .values({ shop_id: id, during: `[2026-03-02 ${minute(i)}, 2026-03-03)` })
            .execute(),
    ],
    [
      'new barbers of one shop',
      'shop',
      (i) =>
        (db, { id }) =>
          db
            .insertInto('barber')
            .values({ shop_id: id, name: `Barber ${i}` })
            .execute(),
    ],
    [
      'new services of one shop',
      'shop',
      (i) =>
        (db, { id }) =>
          db
            .insertInto('service')
            .values({ shop_id: id, name: `Service ${i}`, duration_minutes: 30, price_amount: 0 })
            .execute(),
    ],
  ])('made at the same moment all succeed: %s', async (_what, table, write) => {
    const shop = await createShop(database.db);
    const id = table === 'barber' ? firstBarber(shop) : shop.id;
    // All of them get past their foreign keys, queue behind this lock, and go on in the same instant.
    const { outcomes } = await database.db.transaction().execute(async (trx) => {
      await trx.selectFrom(table).select('id').where('id', '=', id).forShare().execute();
      const writes = Array.from({ length: WRITERS }, (_, i) => write(i)(database.db, shop));
      const settled = Promise.allSettled(writes);
      await untilWaiting(database, WRITERS);
      return { outcomes: settled };
    });
    const failed = (await outcomes).filter((outcome) => outcome.status === 'rejected');
    expect(failed.map(({ reason }) => String(reason))).toEqual([]);
  });
});

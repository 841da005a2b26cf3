import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CachedBookingService, createCachedBookingService } from '../../src/booking/cached.ts';
import type { BookingMethods } from '../../src/booking/types/service.ts';
import { addDays, dateAt } from '../../src/calendar/time.ts';
import { type DatabaseConnection, openDatabase } from '../../src/database/connection.ts';
import { clockAt, createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestServer, type TestServer } from './server.ts';

const ZONE = 'America/New_York';
const MORNING = '2026-11-23T09:59:30-05:00';
const TODAY = '2026-11-23';

let database: TestDatabase;
let connection: DatabaseConnection;
let service: CachedBookingService;
let server: TestServer;
let shop: TestShop;
const clock = clockAt(MORNING);
/** Of the pool that reads go to; the feed has connections of its own. */
let statements = 0;
/** How often the booking service was asked. */
let asked = 0;

function counting(bookings: BookingMethods): BookingMethods {
  const counted =
    <A, R>(method: (options: A) => R) =>
    (options: A) => {
      asked += 1;
      return method(options);
    };
  return {
    ...bookings,
    getAvailableSlots: counted(bookings.getAvailableSlots),
    getAvailableSlotsWithBarberAvailability: counted(bookings.getAvailableSlotsWithBarberAvailability),
    getAvailableDays: counted(bookings.getAvailableDays),
    getNextAvailableSlot: counted(bookings.getNextAvailableSlot),
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  const { connectionString } = database;
  connection = openDatabase(connectionString);
  connection.pool.on('acquire', () => {
    statements += 1;
  });
  service = createCachedBookingService({ databaseUrl: connectionString, db: connection.db, clock });
  server = await startTestServer({ connectionString, wrap: () => counting(service) });
  shop = await createShop(database.db, {
    slug: 'main',
    barbers: ['Ana', 'Ben'],
    settings: { notice_minutes: 0 },
  });
  await service.following();
});
afterAll(async () => {
  await server.close();
  await service.close();
  await connection.close();
  await database.close();
});
beforeEach(() => clock.set(MORNING));

const slotsUrl = (date = TODAY, barberId?: number) =>
  `/api/v2/bookings/available-slots?target_date=${date}${barberId === undefined ? '' : `&barber_id=${barberId}`}`;

/** Resolves when the feed has told of a change. */
function changeSeen(): Promise<void> {
  return new Promise((resolve) => {
    const stop = service.source.onChange(() => {
      stop();
      resolve();
    });
  });
}

/** Half an hour of Ana's, typed by hand: a booking, or a hold that lapses (epoch ms). */
async function occupy(start: string, lapsesAt?: number): Promise<void> {
  const seen = changeSeen();
  await sql`
    insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
      price_amount, currency, lapses_at)
    select ${shop.id}, ${shop.barberIds[0]}, ${shop.serviceIds.Haircut}, 'Haircut',
      ${lapsesAt === undefined ? 'confirmed' : 'held'}, t, t + interval '30 minutes',
      tstzrange(t, t + interval '30 minutes'), 3000, 'USD',
      to_timestamp(${lapsesAt === undefined ? null : lapsesAt / 1000}::float8)
    from (select ${start}::timestamptz as t) as start`.execute(database.db);
  await seen;
}

async function slotAt(url: string, time: string): Promise<{ available: boolean; reason?: string }> {
  const answer = await server.send('GET', url);
  return answer.json().slots.find((slot: { time: string }) => slot.time === time);
}

test('reads of what is cached send no SQL, whether they were asked before or not', async () => {
  const [ana] = shop.barberIds;
  const reads = [
    slotsUrl(),
    slotsUrl(TODAY, ana),
    `/api/v2/bookings/available-days?from=${TODAY}&to=${addDays(TODAY, 30)}`,
    '/api/v2/bookings/next-available?service=Haircut',
  ];
  for (const url of reads) await server.send('GET', url);
  statements = 0;
  for (const url of [...reads, ...reads.map((read) => read.replace('bookings', 'appointments'))]) {
    const answer = await server.send('GET', url);
    expect(answer.headers['cache-status']).toBe('freshchair; hit');
  }
  expect(statements).toBe(0);
});

describe('an answer that is asked for again within the minute', () => {
  test('is given again without asking the booking service', async () => {
    const url = slotsUrl(addDays(TODAY, 1));
    await server.send('GET', url);
    const { as_of: _, ...first } = (await server.send('GET', url)).json();
    asked = 0;
    const { as_of: asOf, ...again } = (await server.send('GET', url)).json();
    expect(asked).toBe(0);
    expect(again).toEqual(first);
    expect(asOf).toMatch(/^\d{4}-/);
  });

  test('is not given again to whoever wants to be certain, nor to the holder of a slot', async () => {
    const url = slotsUrl(addDays(TODAY, 1));
    await server.send('GET', url);
    await server.send('GET', url);
    asked = 0;
    const exact = await server.send('GET', url, { headers: { 'cache-control': 'no-cache' } });
    expect(exact.headers['cache-status']).toBe('freshchair; hit; detail=verified');
    await server.send('GET', url, { headers: { 'x-hold-token': 'x'.repeat(43) } });
    expect(asked).toBe(2);
  });

  test('is another one as soon as somebody else’s booking is known', async () => {
    const url = slotsUrl(addDays(TODAY, 2), shop.barberIds[0]);
    await slotAt(url, '10:00');
    expect(await slotAt(url, '10:00')).toMatchObject({ available: true });
    await occupy(`${addDays(TODAY, 2)}T10:00:00-05:00`);
    expect(await slotAt(url, '10:00')).toMatchObject({ available: false, reason: 'booked' });
  });

  test('is another one when the minute is over: the slot that began is past', async () => {
    const url = slotsUrl(TODAY, shop.barberIds[0]);
    await slotAt(url, '10:00');
    expect(await slotAt(url, '10:00')).toMatchObject({ available: true });
    clock.set('2026-11-23T10:00:01-05:00');
    expect(await slotAt(url, '10:00')).toMatchObject({ available: false, reason: 'past' });
  });

  test('is another one at the very instant at which a hold lapses', async () => {
    // Postgres leaves out what has lapsed by its own clock: this hold lasts an hour of that.
    const lapsesAt = Math.floor(Date.now() / 60_000) * 60_000 + 3_630_500;
    clock.set(new Date(lapsesAt - 500).toISOString());
    const date = addDays(dateAt(ZONE, lapsesAt), 3);
    const url = slotsUrl(date, shop.barberIds[0]);
    await occupy(`${date}T10:00:00 ${ZONE}`, lapsesAt);
    await slotAt(url, '10:00');
    expect(await slotAt(url, '10:00')).toMatchObject({ available: false, reason: 'booked' });
    clock.set(new Date(lapsesAt).toISOString());
    expect(await slotAt(url, '10:00')).toMatchObject({ available: true });
  });
});

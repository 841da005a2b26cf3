import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadReport } from '../../src/booking/types/availability.ts';
import type { BookingMethods } from '../../src/booking/types/service.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let shop: TestShop;
let token: string;
/** What the service is made to say of its reads. */
let report: Partial<ReadReport> = {};
let asked: (boolean | undefined)[] = [];

/** The real service, but for how it says that it read. */
function reporting(bookings: BookingMethods): BookingMethods {
  return {
    ...bookings,
    async getAvailableSlots(options) {
      asked.push(options.exact);
      const outcome = await bookings.getAvailableSlots(options);
      if (outcome.kind !== 'ok') return outcome;
      return { kind: 'ok', value: { ...outcome.value, read: { ...outcome.value.read, ...report } } };
    },
  };
}

beforeAll(async () => {
  server = await startTestServer({ wrap: reporting });
  shop = await createShop(server.database.db, { slug: 'main', barbers: ['Ana', 'Ben'] });
  token = await server.signUp();
});
afterAll(() => server.close());

const SLOTS = '/api/v2/bookings/available-slots?target_date=2026-11-23';

describe('available-slots', () => {
  test('lists every slot of the day with who is free, and needs no account', async () => {
    const answer = await server.send('GET', SLOTS);
    expect(answer.statusCode).toBe(200);
    const body = answer.json();
    expect(body).toMatchObject({
      date: '2026-11-23',
      timezone: 'America/New_York',
      user_timezone: 'America/New_York',
      business_hours: { start: '09:00', end: '17:00' },
      slot_duration_minutes: 30,
      as_of: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      next_available: {
        date: '2026-11-23',
        time: '09:00',
        datetime: '2026-11-23T09:00:00-05:00',
        barber_id: shop.barberIds[0],
      },
    });
    expect(body.slots).toHaveLength(16);
    expect(body.slots[0]).toEqual({
      time: '09:00',
      start: '2026-11-23T09:00:00-05:00',
      available: true,
      is_next_available: true,
      barber_ids: shop.barberIds,
    });
    expect(body).not.toHaveProperty('barber_id');
  });

  test('of one barber says who, and in the zone of whoever asks', async () => {
    const [, ben] = shop.barberIds;
    const answer = await server.send(
      'GET',
      `${SLOTS}&barber_id=${ben}&user_timezone=Europe/Berlin&shop=main`,
    );
    expect(answer.json()).toMatchObject({
      barber_id: ben,
      barber_name: 'Ben',
      user_timezone: 'Europe/Berlin',
    });
    expect(answer.json().slots[0]).toMatchObject({ time: '15:00', start: '2026-11-23T15:00:00+01:00' });
  });

  test('leaves out the next free slot when told to', async () => {
    const answer = await server.send('GET', `${SLOTS}&include_next_available=false`);
    expect(answer.json()).not.toHaveProperty('next_available');
  });

  test('says why a slot is not free, once it is booked', async () => {
    const [ana] = shop.barberIds;
    const url = `/api/v2/bookings/available-slots?target_date=2026-11-24&barber_id=${ana}`;
    const before = await server.send('GET', url);
    const body = { date: '2026-11-24', time: '10:00', service: 'Haircut', barber_id: ana };
    expect((await server.send('POST', '/api/v2/bookings/create', { token, body })).statusCode).toBe(201);
    const after = await server.send('GET', url, {
      headers: { 'if-none-match': String(before.headers.etag) },
    });
    expect(after.statusCode).toBe(200);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(after.json().slots[2]).toMatchObject({ time: '10:00', available: false, reason: 'booked' });
  });

  test('answers under the name of appointments too', async () => {
    const answer = await server.send('GET', SLOTS.replace('bookings', 'appointments'));
    expect(answer.statusCode).toBe(200);
  });
});

describe('a copy that the client has', () => {
  test('is still right: 304 without a body, as_of aside', async () => {
    report = { asOf: Date.parse('2026-11-22T20:00:01Z') };
    const first = await server.send('GET', SLOTS);
    report = { asOf: Date.parse('2026-11-22T20:00:02Z') };
    const etag = String(first.headers.etag);
    for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
      const again = await server.send('GET', SLOTS, { headers: { 'if-none-match': known } });
      expect(again.statusCode).toBe(304);
      expect(again.body).toBe('');
      expect(again.headers).toMatchObject({
        etag,
        'cache-control': 'no-cache',
        'x-cache-status': 'available',
      });
    }
    report = {};
  });

  test('is out of date: the new one', async () => {
    const again = await server.send('GET', SLOTS, { headers: { 'if-none-match': 'W/"something-else"' } });
    expect(again.statusCode).toBe(200);
    expect(again.headers['cache-control']).toBe('no-cache');
  });
});

describe('Cache-Status', () => {
  test.each<[string, Partial<ReadReport>]>([
    ['freshchair; hit', { status: 'hit', verified: false, degraded: false }],
    ['freshchair; hit; detail=verified', { status: 'hit', verified: true, degraded: false }],
    ['freshchair; hit; detail=degraded', { status: 'hit', verified: false, degraded: true }],
    ['freshchair; fwd=miss; stored', { status: 'miss' }],
    ['freshchair; fwd=bypass', { status: 'bypass' }],
  ])('%s', async (expected, said) => {
    report = said;
    const answer = await server.send('GET', SLOTS);
    report = {};
    expect(answer.headers['cache-status']).toBe(expected);
  });
});

test.each([
  ['no-cache', true],
  ['max-age=0, No-Cache', true],
  ['max-age=0', false],
  ['no-cache-please', false],
])('Cache-Control: %s makes it a strong read: %s', async (value, exact) => {
  asked = [];
  await server.send('GET', SLOTS, { headers: { 'cache-control': value } });
  expect(asked).toEqual([exact]);
});

test('available-days counts what is free on each day', async () => {
  const answer = await server.send(
    'GET',
    '/api/v2/bookings/available-days?from=2026-12-01&to=2026-12-02&service=Haircut',
  );
  expect(answer.headers.etag).toMatch(/^W\//);
  expect(answer.json()).toEqual({
    days: [
      { date: '2026-12-01', free_slots: 16, first_free: '09:00', open: true },
      { date: '2026-12-02', free_slots: 16, first_free: '09:00', open: true },
    ],
    as_of: expect.any(String),
  });
});

test('available-days takes at most 62 days', async () => {
  const answer = await server.send('GET', '/api/v2/bookings/available-days?from=2026-12-01&to=2027-02-01');
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors[0].pointer).toBe('/to');
});

test('next-available finds the first free slot from a day on', async () => {
  const answer = await server.send(
    'GET',
    '/api/v2/bookings/next-available?from=2026-12-05&user_timezone=UTC',
  );
  expect(answer.json()).toEqual({
    next_available: {
      date: '2026-12-05',
      time: '14:00',
      datetime: '2026-12-05T14:00:00+00:00',
      barber_id: shop.barberIds[0],
    },
    as_of: expect.any(String),
  });
});

test('next-available is null when nothing is free up to the horizon', async () => {
  const answer = await server.send('GET', '/api/v2/bookings/next-available?from=2030-01-01');
  expect(answer.statusCode).toBe(200);
  expect(answer.json().next_available).toBeNull();
});

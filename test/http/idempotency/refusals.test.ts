import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BookingMethods } from '../../../src/booking/types/service.ts';
import { type ProblemCode, ProblemError, problem } from '../../../src/http/problem.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { answerOf, CREATE, countBookings, isReplayed, keptRows, sendKeyed } from './keyed.ts';

let server: TestServer;
let shop: TestShop;
let ada: string;
let eve: string;
/** What happens to the next bookings instead of, or after, the real thing. */
const faults: { before?: Error; after?: Error } = {};

beforeAll(async () => {
  server = await startTestServer({ wrap: withFaults });
  addMoodyRoutes(server.app);
  shop = await createShop(server.database.db);
  ada = await server.signUp();
  eve = await server.signUp();
});
afterAll(() => server.close());

function withFaults(bookings: BookingMethods): BookingMethods {
  return {
    ...bookings,
    async createBooking(options) {
      const { before, after } = faults;
      delete faults.before;
      delete faults.after;
      if (before !== undefined) throw before;
      const outcome = await bookings.createBooking(options);
      if (after !== undefined) throw after;
      return outcome;
    },
  };
}

/** Answers with what it is told to, once; a guard counts who passes. */
const moods: ProblemCode[] = [];
let guarded = 0;

function addMoodyRoutes(app: FastifyInstance): void {
  const preValidation = async () => {
    guarded++;
    if (moods[0] === 'forbidden') throw new ProblemError(problem('forbidden', 'Not now.'));
  };
  app.post('/api/v2/moods', { preValidation, schema: { hide: true } }, async () => {
    const mood = moods.shift();
    if (mood !== undefined) throw new ProblemError(problem(mood, 'Not now.'));
    return { done: true };
  });
  app.delete('/api/v2/moods', { schema: { hide: true } }, async (_request, reply) => {
    const mood = moods.shift();
    if (mood !== undefined) throw new ProblemError(problem(mood, 'Not now.'));
    return reply.code(204).send();
  });
}

const at = (time: string, service = 'Haircut') => ({ date: '2026-11-23', time, service });

/** The repeat gets the same; a new key, what holds now. */
async function expectKept(asked: { key: string; token: string; body: object }, status: number, now: number) {
  const repeat = await sendKeyed(server, CREATE, asked);
  expect([repeat.statusCode, isReplayed(repeat)]).toEqual([status, true]);
  expect(repeat.headers['content-type']).toContain('application/problem+json');
  expect((await sendKeyed(server, CREATE, { ...asked, key: `${asked.key} again` })).statusCode).toBe(now);
  return repeat;
}

describe('a refusal is repeated, although the state has changed', () => {
  test('409: the slot is free by now', async () => {
    const made = await server.send('POST', CREATE, { token: ada, body: at('09:00') });
    const asked = { key: 'taken', token: eve, body: at('09:00') };
    const first = await sendKeyed(server, CREATE, asked);
    expect(first.json().code).toBe('slot_taken');
    await server.send('POST', `/api/v2/bookings/${made.json().id}/cancel`, { token: ada });
    expect(answerOf(await expectKept(asked, 409, 201))).toEqual(answerOf(first));
  });

  test('404: the shop has opened by now', async () => {
    const asked = { key: 'nowhere', token: ada, body: { ...at('09:30'), shop: 'later' } };
    expect((await sendKeyed(server, CREATE, asked)).statusCode).toBe(404);
    await createShop(server.database.db, { slug: 'later' });
    await expectKept(asked, 404, 201);
  });

  test('400: the service is offered by now', async () => {
    const asked = { key: 'unknown', token: ada, body: at('10:00', 'Shave') };
    expect((await sendKeyed(server, CREATE, asked)).json().code).toBe('unknown_service');
    await server.database.pool.query(
      `with made as (
         insert into service (shop_id, name, duration_minutes, price_amount) values ($1, 'Shave', 30, 1000)
         returning id)
       insert into barber_service (shop_id, barber_id, service_id) select $1, $2, id from made`,
      [shop.id, shop.barberIds[0]],
    );
    await expectKept(asked, 400, 201);
  });

  test('400 of the schema', async () => {
    const asked = { key: 'schema', token: ada, body: { nonsense: true } };
    const first = await sendKeyed(server, CREATE, asked);
    expect(answerOf(await expectKept(asked, 400, 400))).toEqual(answerOf(first));
  });

  test('403: the role was given by now', async () => {
    moods.push('forbidden');
    const first = await sendKeyed(server, '/api/v2/moods', { key: 'role', body: {} });
    expect(first.statusCode).toBe(403);
    moods.length = 0;
    expect((await sendKeyed(server, '/api/v2/moods', { key: 'role', body: {} })).statusCode).toBe(403);
    expect((await server.send('POST', '/api/v2/moods', { body: {} })).statusCode).toBe(200);
  });
});

test('who may do it is not asked again: the answer comes before any guard of the route', async () => {
  const asked = { key: 'guard', body: { mood: 'good' } };
  expect((await sendKeyed(server, '/api/v2/moods', asked)).json()).toEqual({ done: true });
  const before = guarded;
  expect((await sendKeyed(server, '/api/v2/moods', asked)).json()).toEqual({ done: true });
  expect(guarded).toBe(before);
});

test('an answer without a body is kept, too', async () => {
  const asked = { key: 'empty', method: 'DELETE' } as const;
  expect((await sendKeyed(server, '/api/v2/moods', asked)).statusCode).toBe(204);
  moods.push('not_found');
  const repeat = await sendKeyed(server, '/api/v2/moods', asked);
  expect([repeat.statusCode, repeat.body, isReplayed(repeat)]).toEqual([204, '', true]);
  moods.length = 0;
});

describe('what is not definite is not kept', () => {
  test.each(['unauthenticated', 'rate_limited', 'internal_error', 'unavailable'] as const)(
    '%s',
    async (mood) => {
      moods.push(mood);
      const asked = { key: mood, body: {} };
      const first = await sendKeyed(server, '/api/v2/moods', asked);
      expect(first.json().code).toBe(mood);
      const repeat = await sendKeyed(server, '/api/v2/moods', asked);
      expect([repeat.statusCode, isReplayed(repeat)]).toEqual([200, false]);
    },
  );

  test('401, before somebody signs in', async () => {
    const kept = await keptRows(server);
    const asked = { key: 'stranger', body: at('11:00') };
    expect((await sendKeyed(server, CREATE, asked)).statusCode).toBe(401);
    expect(await keptRows(server)).toEqual(kept);
    expect((await sendKeyed(server, CREATE, { ...asked, token: ada })).statusCode).toBe(201);
  });

  test('a fault of the server: the repeat books', async () => {
    faults.before = new Error('planted');
    const asked = { key: 'fault', token: ada, body: at('11:30') };
    expect((await sendKeyed(server, CREATE, asked)).statusCode).toBe(500);
    const repeat = await sendKeyed(server, CREATE, asked);
    expect([repeat.statusCode, isReplayed(repeat)]).toEqual([201, false]);
  });
});

test('whoever dies between the commit and the answer has kept it: the repeat gets the booking', async () => {
  faults.after = new Error('planted');
  const asked = { key: 'crash', token: ada, body: at('12:00') };
  expect((await sendKeyed(server, CREATE, asked)).statusCode).toBe(500);
  const bookings = await countBookings(server);
  const repeat = await sendKeyed(server, CREATE, asked);
  expect([repeat.statusCode, isReplayed(repeat)]).toEqual([201, true]);
  const booking = repeat.json();
  expect(repeat.headers.location).toBe(`/api/v2/bookings/${booking.id}`);
  expect((await server.send('GET', String(repeat.headers.location), { token: ada })).json()).toEqual(booking);
  expect(await countBookings(server)).toBe(bookings);
});

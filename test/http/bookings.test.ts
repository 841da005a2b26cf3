import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop, type TestShop } from '../support/shop.ts';
import { NOW, startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let shop: TestShop;
let ada: string;
let eve: string;
const BOOKINGS = '/api/v2/bookings';

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db, {
    services: { Haircut: [30], Shave: [45, 0, 15] },
    settings: { notice_minutes: 60, horizon_days: 30, cancellation_notice_minutes: 120 },
  });
  ada = await server.signUp();
  eve = await server.signUp();
});
afterAll(() => server.close());

async function book(date: string, time: string, token = ada) {
  const answer = await server.send('POST', `${BOOKINGS}/create`, {
    token,
    body: { date, time, service: 'Haircut' },
  });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

describe('create', () => {
  test('answers 201 with the booking and where it is', async () => {
    const body = {
      date: '2026-11-24',
      time: '10:00',
      service: 'haircut',
      notes: 'short, please',
      shop: shop.slug,
    };
    const answer = await server.send('POST', `${BOOKINGS}/create`, { token: ada, body });
    expect(answer.statusCode).toBe(201);
    const booking = answer.json();
    expect(booking).toEqual({
      id: expect.any(Number),
      shop: shop.slug,
      status: 'confirmed',
      barber_id: shop.barberIds[0],
      barber_name: 'Ana',
      service: 'Haircut',
      start: '2026-11-24T10:00:00-05:00',
      end: '2026-11-24T10:30:00-05:00',
      date: '2026-11-24',
      time: '10:00',
      timezone: 'America/New_York',
      duration_minutes: 30,
      price: { amount: 3000, currency: 'USD' },
      notes: 'short, please',
      version: 1,
      created_at: expect.any(String),
    });
    expect(answer.headers.location).toBe(`${BOOKINGS}/${booking.id}`);
    expect((await server.send('GET', String(answer.headers.location), { token: ada })).json()).toEqual(
      booking,
    );
  });

  test('takes an instant instead of date and time, and times of another zone', async () => {
    const start = await server.send('POST', `${BOOKINGS}/create`, {
      token: ada,
      body: { start: '2026-11-25T16:00:00+01:00', service: 'Haircut' },
    });
    expect(start.json()).toMatchObject({ date: '2026-11-25', time: '10:00' });
    const berlin = await server.send('POST', `${BOOKINGS}/create`, {
      token: ada,
      body: { date: '2026-11-25', time: '17:00', timezone: 'Europe/Berlin', service: 'Haircut' },
    });
    expect(berlin.json()).toMatchObject({ date: '2026-11-25', time: '11:00', timezone: 'America/New_York' });
  });

  test('needs an account before it looks at anything else', async () => {
    const answer = await server.send('POST', `${BOOKINGS}/create`, { body: { nonsense: true } });
    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe('unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  test.each([
    ['a slot that somebody has', 409, 'slot_taken', { date: '2026-11-26', time: '10:00' }],
    ['a time after closing', 400, 'outside_hours', { date: '2026-11-26', time: '20:00' }],
    [
      'a time that runs past closing',
      400,
      'outside_hours',
      { date: '2026-11-26', time: '16:30', service: 'Shave' },
    ],
    ['a time that is over', 400, 'notice_too_short', { date: '2026-11-20', time: '10:00' }],
    ['a day past the horizon', 400, 'too_far_ahead', { date: '2027-11-20', time: '10:00' }],
    [
      'a service that is not offered',
      400,
      'unknown_service',
      { date: '2026-11-26', time: '11:00', service: 'Opera' },
    ],
    [
      'a zone that does not exist',
      400,
      'unknown_timezone',
      { date: '2026-11-26', time: '11:00', timezone: 'Mars/X' },
    ],
    [
      'a barber who does not work here',
      404,
      'not_found',
      { date: '2026-11-26', time: '11:00', barber_id: 4711 },
    ],
  ])('refuses %s: %i %s', async (_what, status, code, body) => {
    await server.send('POST', `${BOOKINGS}/create`, {
      token: eve,
      body: { date: '2026-11-26', time: '10:00', service: 'Haircut' },
    });
    const answer = await server.send('POST', `${BOOKINGS}/create`, {
      token: ada,
      body: { service: 'Haircut', ...body },
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.json().code).toBe(code);
  });

  test('refuses a local time that clocks skip', async () => {
    const { slug } = await createShop(server.database.db, {
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '00:00', closes: '24:00' })),
      settings: { horizon_days: 365 },
    });
    const body = { date: '2027-03-14', time: '02:30', service: 'Haircut', shop: slug };
    const answer = await server.send('POST', `${BOOKINGS}/create`, { token: ada, body });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('nonexistent_local_time');
  });
});

describe('somebody else’s booking', () => {
  test('is not found, whatever is done to it, and stays as it is', async () => {
    const mine = await book('2026-11-27', '10:00');
    const path = `${BOOKINGS}/${mine.id}`;
    const answers = await Promise.all([
      server.send('GET', path, { token: eve }),
      server.send('PATCH', path, { token: eve, body: { notes: 'mine now' } }),
      server.send('POST', `${path}/cancel`, { token: eve }),
      server.send('GET', `${path}/history`, { token: eve }),
    ]);
    const missing = await server.send('GET', `${BOOKINGS}/2147483647`, { token: eve });
    for (const answer of answers) {
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toEqual(missing.json());
    }
    expect((await server.send('GET', path, { token: ada })).json()).toEqual(mine);
  });
});

describe('change', () => {
  test('moves a booking, frees its slot and counts up the version', async () => {
    const { id } = await book('2026-11-28', '10:00');
    const body = { date: '2026-11-28', time: '13:00', service: 'Shave' };
    const moved = await server.send('PATCH', `${BOOKINGS}/${id}`, { token: ada, body });
    expect(moved.statusCode).toBe(200);
    expect(moved.json()).toMatchObject({
      id,
      time: '13:00',
      service: 'Shave',
      duration_minutes: 45,
      version: 2,
    });
    await book('2026-11-28', '10:00', eve);
  });

  test('takes notes away with null', async () => {
    const { id } = await book('2026-11-28', '15:00');
    await server.send('PATCH', `${BOOKINGS}/${id}`, { token: ada, body: { notes: 'x' } });
    const answer = await server.send('PATCH', `${BOOKINGS}/${id}`, { token: ada, body: { notes: null } });
    expect(answer.json().notes).toBeNull();
  });

  test('of nothing at all is refused', async () => {
    const { id } = await book('2026-11-28', '16:00');
    const answer = await server.send('PATCH', `${BOOKINGS}/${id}`, { token: ada, body: {} });
    expect(answer.statusCode).toBe(400);
  });

  test.each(['1', '"1"', 'W/"1"', '*'])(
    'with If-Match: %s goes through while nobody changed it',
    async (version) => {
      const { id } = await book('2026-11-29', '10:00');
      const answer = await server.send('PATCH', `${BOOKINGS}/${id}`, {
        token: ada,
        body: { notes: 'seen' },
        headers: { 'if-match': version },
      });
      expect(answer.statusCode).toBe(200);
      await server.send('POST', `${BOOKINGS}/${id}/cancel`, { token: ada });
    },
  );

  test('with the version of before loses: 409 version_conflict', async () => {
    const { id } = await book('2026-11-29', '11:00');
    const change = { token: ada, headers: { 'if-match': '"1"' } };
    await server.send('PATCH', `${BOOKINGS}/${id}`, { ...change, body: { notes: 'first' } });
    const answer = await server.send('PATCH', `${BOOKINGS}/${id}`, { ...change, body: { notes: 'second' } });
    expect(answer.statusCode).toBe(409);
    expect(answer.json().code).toBe('version_conflict');
  });

  test('with an If-Match that is no version is refused', async () => {
    const { id } = await book('2026-11-29', '12:00');
    const answer = await server.send('PATCH', `${BOOKINGS}/${id}`, {
      token: ada,
      body: { notes: 'x' },
      headers: { 'if-match': '"abc"' },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe('/If-Match');
  });
});

describe('cancel', () => {
  test('frees the slot; a second time it is already cancelled', async () => {
    const { id } = await book('2026-11-30', '10:00');
    const first = await server.send('POST', `${BOOKINGS}/${id}/cancel`, { token: ada });
    expect(first.statusCode).toBe(200);
    expect(first.json()).toMatchObject({ id, status: 'cancelled', version: 2 });
    const second = await server.send('POST', `${BOOKINGS}/${id}/cancel`, { token: ada });
    expect(second.statusCode).toBe(409);
    expect(second.json().code).toBe('already_cancelled');
    await book('2026-11-30', '10:00', eve);
  });

  test('within the cancellation notice is too late', async () => {
    const { id } = await book('2026-11-30', '12:00');
    server.clock.set('2026-11-30T10:30:00-05:00');
    const answer = await server.send('POST', `${BOOKINGS}/${id}/cancel`, { token: ada });
    server.clock.set(NOW);
    expect(answer.statusCode).toBe(409);
    expect(answer.json().code).toBe('too_late_to_cancel');
  });

  test('takes a JSON content type without a body, as some clients send it', async () => {
    const { id } = await book('2026-11-30', '14:00');
    const headers = { 'content-type': 'application/json' };
    const answer = await server.send('POST', `${BOOKINGS}/${id}/cancel`, { token: ada, headers });
    expect(answer.statusCode).toBe(200);
  });
});

test('the list holds one’s own bookings only, the newest first, page by page and by status', async () => {
  const token = await server.signUp();
  const ids: number[] = [];
  for (const time of ['10:00', '11:00', '12:00']) ids.push((await book('2026-12-01', time, token)).id);
  await server.send('POST', `${BOOKINGS}/${ids[1]}/cancel`, { token });

  const idsOf = async (query: string) => {
    const page = (await server.send('GET', `${BOOKINGS}?${query}`, { token })).json();
    return { ids: page.items.map(({ id }: { id: number }) => id), next: page.next_cursor };
  };
  const first = await idsOf('limit=2');
  expect(first.ids).toEqual([ids[2], ids[1]]);
  expect(await idsOf(`limit=2&cursor=${first.next}`)).toEqual({ ids: [ids[0]], next: null });
  expect(await idsOf('status=cancelled')).toEqual({ ids: [ids[1]], next: null });
  expect(await idsOf('status=no_show')).toEqual({ ids: [], next: null });
});

test('the list answers with and without a slash at its end', async () => {
  const [without, within] = await Promise.all(
    [BOOKINGS, `${BOOKINGS}/`].map((url) => server.send('GET', url, { token: eve })),
  );
  expect(without?.statusCode).toBe(200);
  expect(within?.json()).toEqual(without?.json());
});

test('the history says who changed what, page by page', async () => {
  const { id } = await book('2026-12-02', '10:00');
  await server.send('PATCH', `${BOOKINGS}/${id}`, { token: ada, body: { notes: 'new' } });
  await server.send('POST', `${BOOKINGS}/${id}/cancel`, { token: ada });
  const me = (await server.send('GET', '/api/v2/me', { token: ada })).json();

  const first = (await server.send('GET', `${BOOKINGS}/${id}/history?limit=2`, { token: ada })).json();
  expect(first.items).toHaveLength(2);
  expect(first.items[1]).toMatchObject({
    actor: { role: 'client', user_id: me.id },
    changes: { notes: [null, 'new'] },
  });
  const rest = await server.send('GET', `${BOOKINGS}/${id}/history?cursor=${first.next_cursor}`, {
    token: ada,
  });
  expect(rest.json()).toMatchObject({
    items: [{ changes: { status: ['confirmed', 'cancelled'] } }],
    next_cursor: null,
  });
});

test('appointments is the same router under its other name', async () => {
  const { id } = await book('2026-12-03', '10:00');
  const other = '/api/v2/appointments';
  expect((await server.send('GET', `${other}/${id}`, { token: ada })).json().id).toBe(id);
  const body = { date: '2026-12-03', time: '11:00', service: 'Haircut' };
  const created = await server.send('POST', `${other}/create`, { token: ada, body });
  expect(created.headers.location).toBe(`${other}/${created.json().id}`);
  expect((await server.send('POST', `${other}/${id}/cancel`, { token: ada })).json().status).toBe(
    'cancelled',
  );
});

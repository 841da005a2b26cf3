import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop, type TestShop } from '../support/shop.ts';
import { NOW, startTestServer, type TestServer } from './server.ts';

const GUEST = { name: 'Ada', email: 'ada@example.com' };

let server: TestServer;
let shop: TestShop;

beforeAll(async () => {
  server = await startTestServer();
  await createShop(server.database.db);
  shop = await createShop(server.database.db, { settings: { horizon_days: 30 } });
});
afterAll(() => server.close());

/** Under either name, at a shop that is not the first. */
async function booked(time: string, prefix = '/api/v2/bookings') {
  const body = { date: '2026-11-24', time, service: 'Haircut', shop: shop.slug, ...GUEST };
  const answer = await server.send('POST', `${prefix}/guest`, { body });
  expect(answer.statusCode).toBe(201);
  const { manage_token, ...booking } = answer.json();
  return { booking, headers: { 'x-manage-token': String(manage_token) } };
}

describe.each(['/api/v2/bookings', '/api/v2/appointments'])('%s/managed', (prefix) => {
  const managed = (headers: Record<string, string>, token?: string) =>
    server.send('GET', `${prefix}/managed`, { headers, ...(token !== undefined && { token }) });

  test('gives the booking that the token stands for, and says at which shop it is', async () => {
    const { booking, headers } = await booked(prefix.endsWith('bookings') ? '10:00' : '10:30', prefix);
    const answer = await managed(headers);
    expect(answer.json()).toEqual(booking);
    expect(answer.json()).toMatchObject({ shop: shop.slug, status: 'confirmed' });
    expect(answer.headers['cache-control']).toBe('private, no-store');
  });

  test('finds nothing for any other token, and asks for one where there is none', async () => {
    for (const token of ['x', 'x'.repeat(43)]) {
      const answer = await managed({ 'x-manage-token': token });
      expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' });
    }
    const nobody = await managed({});
    expect(nobody.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(nobody.headers['www-authenticate']).toBe('Bearer');
    expect((await managed({}, await server.signUp())).statusCode).toBe(401);
  });

  test('still finds a booking that was cancelled', async () => {
    const { booking, headers } = await booked(prefix.endsWith('bookings') ? '11:00' : '11:30', prefix);
    await server.send('POST', `${prefix}/${booking.id}/cancel`, { headers });
    expect((await managed(headers)).json()).toMatchObject({ id: booking.id, status: 'cancelled' });
  });
});

describe('the file for the calendar', () => {
  const fileOf = async (id: number, extra: { token?: string; headers?: Record<string, string> }) => {
    const answer = await server.send('GET', `/api/v2/bookings/${id}/calendar`, extra);
    expect(answer.statusCode).toBe(200);
    return { answer, lines: answer.body.split('\r\n') };
  };

  test('is a download with the entry that the mails have', async () => {
    const { booking, headers } = await booked('14:00');
    const { answer, lines } = await fileOf(booking.id, { headers });
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="booking-${booking.id}.ics"`);
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:PUBLISH',
        `UID:booking-${booking.id}.shop-${shop.id}@example.com`,
        'SEQUENCE:1',
        `DTSTAMP:${new Date(NOW).toISOString().replace(/[-:]|\.\d+/g, '')}`,
        'DTSTART:20261124T190000Z',
        'DTEND:20261124T193000Z',
        'STATUS:CONFIRMED',
        `SUMMARY:Haircut at ${shop.slug}`,
      ]),
    );
    // RFC 5546 §3.2.1: nobody is invited by what is published.
    expect(answer.body).not.toContain('ATTENDEE');
    expect(answer.body).not.toContain(GUEST.email);
  });

  test('counts up with the booking, and says when it is cancelled', async () => {
    const token = await server.signUp();
    const body = { date: '2026-11-24', time: '15:00', service: 'Haircut', shop: shop.slug };
    const { id } = (await server.send('POST', '/api/v2/bookings/create', { token, body })).json();
    await server.send('PATCH', `/api/v2/bookings/${id}`, { token, body: { time: '15:30' } });
    const moved = await fileOf(id, { token });
    expect(moved.lines).toEqual(expect.arrayContaining(['SEQUENCE:2', 'DTSTART:20261124T203000Z']));
    await server.send('POST', `/api/v2/bookings/${id}/cancel`, { token });
    const cancelled = await fileOf(id, { token });
    expect(cancelled.lines).toEqual(expect.arrayContaining(['SEQUENCE:3', 'STATUS:CANCELLED']));
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { createLogger } from '../../../src/log.ts';
import { type Server, startServer } from '../../../src/main.ts';
import { type EventStream, openStream } from '../../http/event-stream.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let shop: TestShop;
let servers: Server[];
let stream: EventStream;

beforeEach(async () => {
  database = await createTestDatabase();
  shop = await createShop(database.db);
  const config = loadConfig({
    DATABASE_URL: database.connectionString,
    PORT: '0',
    RATE_LIMIT: 'off',
    ADMIN_PASSWORD: 'correct horse',
  });
  const log = createLogger('fatal', { write: () => {} });
  servers = [await startServer(config, { log }), await startServer(config, { log })];
});
afterEach(async () => {
  stream.leave();
  for (const { close } of servers) await close();
  await database.close();
});

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON the server sends
async function ask(server: Server | undefined, path: string, body?: object, token?: string): Promise<any> {
  const answer = await fetch(`${server?.url}${path}`, {
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return answer.json();
}

test('a booking at one server is told at the other, which then shows it, and so is its cancellation', async () => {
  const [one, two] = servers;
  const bookings = '/api/v2/bookings';
  const { token } = await ask(one, '/api/auth/sign-up/email', {
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse',
  });
  const { date, datetime: start } = (await ask(two, `${bookings}/next-available?service=Haircut`))
    .next_available;
  const query = `target_date=${date}&barber_id=${shop.barberIds[0]}`;
  const slot = async () => {
    const { slots } = await ask(two, `${bookings}/available-slots?${query}`);
    return slots.find((candidate: { start: string }) => candidate.start === start);
  };
  expect(await slot()).toMatchObject({ available: true });

  stream = await openStream(`${two?.url}${bookings}/stream?${query}`);
  const booking = await ask(one, `${bookings}/create`, { start, service: 'Haircut' }, token);
  expect(booking).toMatchObject({ status: 'confirmed', start });
  expect(await stream.next()).toMatchObject({ date, barber_id: shop.barberIds[0] });
  expect(await slot()).toMatchObject({ available: false, reason: 'booked' });

  await ask(one, `${bookings}/${booking.id}/cancel`, {}, token);
  expect(await stream.next()).toMatchObject({ date, barber_id: shop.barberIds[0] });
  expect(await slot()).toMatchObject({ available: true });
});

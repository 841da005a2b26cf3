import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShop, type TestShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';
import { appoint } from './staff.ts';

let server: TestServer;
let shop: TestShop;
let tokens: Record<'admin' | 'ana' | 'chairless', string>;

beforeAll(async () => {
  server = await startTestServer();
  const hours = [6, 7].map((weekday) => ({ weekday, opens: '00:30', closes: '12:00' }));
  shop = await createShop(server.database.db, { barbers: ['Ana', 'Ben'], hours });
  const [ana = 0] = shop.barberIds;
  tokens = {
    admin: await appoint(server, { shop: shop.id, role: 'admin' }),
    ana: await appoint(server, { shop: shop.id, role: 'barber', barber: ana }),
    chairless: await appoint(server, { shop: shop.id, role: 'barber' }),
  };
});
afterAll(() => server.close());

type Who = keyof typeof tokens;

const read = (who: Who, query: string) =>
  server.send('GET', `/api/v2/staff/working-time?${query}`, { token: tokens[who] });
const add = (path: string, body: object) =>
  server.send('POST', `/api/v2/admin/${path}`, { token: tokens.admin, body });

test('every date of every barber is told: working time, and the time off in it with what it is', async () => {
  const [ana, ben] = shop.barberIds;
  const off = await add(`barbers/${ana}/time-off`, {
    start_date: '2026-11-28',
    start_time: '23:00',
    end_date: '2026-11-29',
    end_time: '09:30',
    reason: 'Dentist',
  });
  const { id } = off.json();
  const working = [{ start: '2026-11-29T00:30:00-05:00', end: '2026-11-29T12:00:00-05:00' }];
  expect((await read('admin', 'from=2026-11-29&to=2026-11-30')).json()).toEqual({
    items: [
      {
        date: '2026-11-29',
        barber_id: ana,
        working,
        time_off: [
          {
            start: '2026-11-29T00:00:00-05:00',
            end: '2026-11-29T09:30:00-05:00',
            id,
            reason: 'Dentist',
            whole: {
              start_date: '2026-11-28',
              start_time: '23:00',
              end_date: '2026-11-29',
              end_time: '09:30',
            },
          },
        ],
      },
      { date: '2026-11-30', barber_id: ana, working: [], time_off: [] },
      { date: '2026-11-29', barber_id: ben, working, time_off: [] },
      { date: '2026-11-30', barber_id: ben, working: [], time_off: [] },
    ],
  });
});

test('a day on which clocks change has each instant with the offset that it has', async () => {
  const answer = await read('admin', `from=2026-11-01&to=2026-11-01&barber_id=${shop.barberIds[1]}`);
  expect(answer.json().items[0].working).toEqual([
    { start: '2026-11-01T00:30:00-04:00', end: '2026-11-01T12:00:00-05:00' },
  ]);
});

test('what is changed shows at once: a closure takes working time away', async () => {
  const query = `from=2026-12-05&to=2026-12-05&barber_id=${shop.barberIds[0]}`;
  expect((await read('admin', query)).json().items[0].working).toHaveLength(1);
  await add('closures', { start_date: '2026-12-05', start_time: '06:00', end_time: '08:00' });
  expect((await read('admin', query)).json().items[0].working).toEqual([
    { start: '2026-12-05T00:30:00-05:00', end: '2026-12-05T06:00:00-05:00' },
    { start: '2026-12-05T08:00:00-05:00', end: '2026-12-05T12:00:00-05:00' },
  ]);
});

test('a date long over is told as it was, with the hours that it had of its own', async () => {
  const [ana] = shop.barberIds;
  // Sundays; the source keeps no such date for longer than a week.
  await add(`barbers/${ana}/overrides`, { date: '2026-10-11', periods: [] });
  await add(`barbers/${ana}/overrides`, {
    date: '2026-10-18',
    periods: [{ opens: '10:00', closes: '11:00' }],
  });
  const working = async (date: string) =>
    (await read('admin', `from=${date}&to=${date}&barber_id=${ana}`)).json().items[0].working;
  expect(await working('2026-10-11')).toEqual([]);
  expect(await working('2026-10-18')).toEqual([
    { start: '2026-10-18T10:00:00-04:00', end: '2026-10-18T11:00:00-04:00' },
  ]);
});

test('a barber is told of the own chair only, and whoever has none of no chair', async () => {
  const [ana, ben] = shop.barberIds;
  const query = 'from=2026-11-29&to=2026-11-29';
  const mine = (await read('ana', query)).json().items;
  expect(mine.map(({ barber_id }: { barber_id: number }) => barber_id)).toEqual([ana]);
  expect((await read('ana', `${query}&barber_id=${ben}`)).statusCode).toBe(403);
  expect((await read('chairless', query)).statusCode).toBe(403);
});

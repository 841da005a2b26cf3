import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';
import { atOnce } from './crowd.ts';

let server: TestServer;
let owner: string;
let client: string;
let shop: TestShop;

beforeAll(async () => {
  server = await startTestServer();
  owner = await appoint(server, { role: 'admin' });
  client = await server.signUp();
});
beforeEach(async () => {
  shop = await createShop(server.database.db);
});
afterAll(() => server.close());

const at = (path: string, query = '') => `/api/v2${path}?shop=${shop.slug}${query}`;
const close = (body: object) => server.send('POST', at('/admin/closures'), { token: owner, body });
const list = async (query = '') =>
  (await server.send('GET', at('/admin/closures', query), { token: owner })).json();
const importHolidays = (body: object) =>
  server.send('POST', at('/admin/closures/holidays'), { token: owner, body });
const pointers = (answer: Awaited<ReturnType<typeof close>>) =>
  answer.json().errors.map(({ pointer }: { pointer: string }) => pointer);
const ids = (items: { id: number }[]) => items.map(({ id }) => id);

/** Starts of the free slots of a day. */
async function free(date: string): Promise<string[]> {
  const answer = await server.send('GET', at('/bookings/available-slots', `&target_date=${date}`));
  const { slots } = answer.json();
  return slots
    .filter(({ available }: { available: boolean }) => available)
    .map(({ time }: { time: string }) => time);
}

async function book(date: string, time: string): Promise<number> {
  const body = { shop: shop.slug, date, time, service: 'Haircut' };
  const answer = await server.send('POST', '/api/v2/bookings/create', { token: client, body });
  expect(answer.statusCode).toBe(201);
  return answer.json().id;
}

test('a closure of whole days takes their slots away at once, and gives them back when it is taken back', async () => {
  const made = await close({ start_date: '2026-12-24', end_date: '2026-12-26', reason: 'Christmas 🎄' });
  expect(made.statusCode).toBe(201);
  const closure = {
    id: expect.any(Number),
    start_date: '2026-12-24',
    end_date: '2026-12-26',
    start_time: null,
    end_time: null,
    reason: 'Christmas 🎄',
  };
  expect(made.json()).toEqual({ ...closure, conflicts: [] });
  expect(await list()).toEqual({ items: [closure], next_cursor: null });
  expect(await free('2026-12-23')).toHaveLength(16);
  expect(await free('2026-12-26')).toEqual([]);
  expect(await free('2026-12-27')).toHaveLength(16);

  const url = at(`/admin/closures/${made.json().id}`);
  expect((await server.send('DELETE', url, { token: owner })).statusCode).toBe(204);
  expect((await server.send('DELETE', url, { token: owner })).statusCode).toBe(404);
  expect(await free('2026-12-26')).toHaveLength(16);
});

test('a closure with times takes only those', async () => {
  const made = await close({ start_date: '2026-11-24', start_time: '10:00', end_time: '16:00' });
  expect(made.json()).toMatchObject({
    end_date: '2026-11-24',
    start_time: '10:00',
    end_time: '16:00',
    reason: null,
  });
  expect(await free('2026-11-24')).toEqual(['09:00', '09:30', '16:00', '16:30']);
});

test('what is booked then stays, and is named with its client', async () => {
  const booked = [await book('2026-11-24', '09:30'), await book('2026-11-24', '10:30')];
  const cancelled = await book('2026-11-24', '11:00');
  await server.send('POST', at(`/bookings/${cancelled}/cancel`), { token: client });
  await book('2026-11-24', '09:00');
  await book('2026-11-24', '12:00');
  const made = await close({ start_date: '2026-11-24', start_time: '09:45', end_time: '12:00' });
  expect(made.statusCode).toBe(201);
  const { conflicts } = made.json();
  expect(ids(conflicts)).toEqual(booked);
  expect(conflicts[0]).toMatchObject({ service: 'Haircut', time: '09:30', client: { name: 'Ada' } });
  const booking = await server.send('GET', `/api/v2/bookings/${booked[0]}`, { token: client });
  expect(booking.json().status).toBe('confirmed');
});

test('everything that is wrong with a closure is said at once', async () => {
  const wrong = await close({
    start_date: '2027-02-29',
    end_date: 'x',
    start_time: '25:00',
    end_time: '24:01',
  });
  expect(wrong.statusCode).toBe(400);
  expect(pointers(wrong)).toEqual(['/start_date', '/end_date', '/start_time', '/end_time']);
  expect(pointers(await close({ start_date: '2026-12-24', end_date: '2026-12-23' }))).toEqual(['/end_date']);
  const half = await close({ start_date: '2026-12-24', start_time: '10:00' });
  expect(pointers(half)).toEqual(['/end_time']);
  const typed = await close({ start_date: '2027-02-29', end_time: 12, reason: 'x'.repeat(201) });
  expect(pointers(typed).sort()).toEqual(['/end_time', '/reason', '/start_date']);
  expect((await list()).items).toEqual([]);
  expect(
    pointers(await server.send('GET', at('/admin/closures', '&from=2026-02-30&to=x'), { token: owner })),
  ).toEqual(['/from', '/to']);
});

test('closures come in pages, and of a range only those that touch it', async () => {
  const made: number[] = [];
  for (const start_date of ['2026-12-01', '2026-12-10', '2026-12-20'])
    made.push((await close({ start_date, end_date: `${start_date.slice(0, 8)}25` })).json().id);
  const [first, second, third] = made;
  const page = await list('&limit=2');
  expect(ids(page.items)).toEqual([first, second]);
  expect(page.next_cursor).toBe(second);
  expect(ids((await list(`&limit=2&cursor=${second}`)).items)).toEqual([third]);
  expect(ids((await list('&to=2026-12-10')).items)).toEqual([first, second]);
  expect(ids((await list('&from=2026-12-25')).items)).toEqual([first, second, third]);
  expect(ids((await list('&from=2026-12-26')).items)).toEqual([]);
  expect(ids((await list('&from=2026-12-01&to=2026-12-09')).items)).toEqual([first]);
});

test('a closure that was typed by hand is shown as far as dates go', async () => {
  await sql`insert into closure (shop_id, during) values
    (${shop.id}, '[0044-03-15 BC, 1969-07-20)'),
    (${shop.id}, '[0044-03-15 BC, 2026-11-24 10:00:30)'), (${shop.id}, '[2026-12-01, 20000-01-01)')`.execute(
    server.database.db,
  );
  expect((await list()).items).toMatchObject([
    { start_date: '1970-01-01', start_time: '00:00', end_date: '2026-11-24', end_time: '10:00' },
    { start_date: '2026-12-01', end_date: '9999-12-30', end_time: null },
  ]);
});

test('a closure of another shop is not found, and closures are for administrators', async () => {
  const { id } = (await close({ start_date: '2026-12-24' })).json();
  const other = await createShop(server.database.db);
  const url = `/api/v2/admin/closures/${id}?shop=${other.slug}`;
  expect((await server.send('DELETE', url, { token: owner })).statusCode).toBe(404);
  const barber = await appoint(server, { shop: shop.id, role: 'barber' });
  const answer = await server.send('DELETE', at(`/admin/closures/${id}`), { token: barber });
  expect(answer.statusCode).toBe(403);
  expect((await list()).items).toHaveLength(1);
});

test('public holidays are listed for a place and a year', async () => {
  const url = at('/admin/holidays', '&country=us&state=NY&year=2027');
  const answer = await server.send('GET', url, { token: owner });
  expect(answer.json().items).toContainEqual({ date: '2027-11-25', name: 'Thanksgiving Day' });
  const wrong = at('/admin/holidays', '&country=us&state=ZZ&year=2020&language=xx');
  const refused = await server.send('GET', wrong, { token: owner });
  expect(refused.statusCode).toBe(400);
  expect(pointers(refused)).toEqual(['/year', '/state', '/language']);
  expect(refused.json().errors[1].detail).toContain('NY (New York)');
});

test('where holidays are known is listed level by level: countries, their states, and the regions of these', async () => {
  const places = async (query: string) =>
    (await server.send('GET', at('/admin/holidays/places', query), { token: owner })).json();
  const first = await places('&limit=200');
  const rest = await places(`&limit=200&cursor=${first.next_cursor}`);
  expect([...first.items, ...rest.items]).toContainEqual({ code: 'US', name: 'United States of America' });
  expect(rest.next_cursor).toBeNull();
  expect((await places('&country=de&limit=200')).items).toContainEqual({ code: 'BY', name: 'Bayern' });
  expect((await places('&country=DE&state=by')).items).toContainEqual({ code: 'A', name: 'Stadt Augsburg' });
  expect((await places('&country=IS')).items).toEqual([]);
  expect((await places('&country=XX')).errors).toMatchObject([{ pointer: '/country' }]);
  expect((await places('&country=DE&state=XX')).errors).toMatchObject([{ pointer: '/state' }]);
  expect((await places('&state=BY')).errors).toMatchObject([{ pointer: '/state' }]);
});

test('holidays become closures, those that are closed already are left, and bookings are named', async () => {
  await close({ start_date: '2026-12-24', end_date: '2026-12-26' });
  await close({ start_date: '2026-11-26', end_date: '2026-11-26', start_time: '00:00', end_time: '12:00' });
  const booked = await book('2026-11-26', '14:00');
  const place = { country: 'US', year: 2026, dates: ['2026-12-25', '2026-11-26'] };
  const first = await importHolidays(place);
  expect(first.statusCode).toBe(201);
  expect(first.json().items).toMatchObject([
    { start_date: '2026-11-26', end_date: '2026-11-26', start_time: null, reason: 'Thanksgiving Day' },
  ]);
  expect(ids(first.json().conflicts)).toEqual([booked]);
  expect(await free('2026-11-26')).toEqual([]);

  const again = await importHolidays(place);
  expect(again.json()).toEqual({ items: [], conflicts: [] });
  const all = await importHolidays({ country: 'US', year: 2026 });
  expect(all.json().items.map(({ start_date }: { start_date: string }) => start_date)).not.toContain(
    '2026-12-25',
  );
  expect(all.json().items.length).toBeGreaterThan(5);
  expect(pointers(await importHolidays({ ...place, dates: ['2026-12-25', '2026-12-27'] }))).toEqual([
    '/dates/1',
  ]);
});

test('two who import the same holidays at once close the shop once', async () => {
  const twin = () => importHolidays({ country: 'DE', state: 'BY', year: 2027 });
  const answers = await atOnce(server, shop.id, [twin, twin]);
  const lengths = answers.map((answer) => answer.json().items.length).sort((a, b) => a - b);
  expect(lengths).toEqual([0, (await list()).items.length]);
});

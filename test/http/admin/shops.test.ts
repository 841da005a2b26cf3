import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';
import { atOnce } from './crowd.ts';

let server: TestServer;
let owner: string;
let first: TestShop;
let shop: TestShop;
let client: string;

beforeAll(async () => {
  server = await startTestServer();
  first = await createShop(server.database.db, { slug: 'main' });
  owner = await appoint(server, { role: 'admin' });
  client = await server.signUp();
});
beforeEach(async () => {
  shop = await createShop(server.database.db);
});
afterAll(() => server.close());

const patch = (body: object, token = owner) =>
  server.send('PATCH', '/api/v2/admin/shop', { token, body: { shop: shop.slug, ...body } });

/** Starts of the day’s slots, or why there are none to be had. */
async function slots(date: string) {
  const url = `/api/v2/bookings/available-slots?shop=${shop.slug}&target_date=${date}&service=Haircut`;
  const answer = (await server.send('GET', url)).json();
  return answer.slots.map(({ time, start, available, reason }: Record<string, unknown>) => ({
    time,
    start,
    what: available ? 'free' : reason,
  }));
}

async function book(date: string, time: string): Promise<number> {
  const body = { shop: shop.slug, date, time, service: 'Haircut' };
  const answer = await server.send('POST', '/api/v2/bookings/create', { token: client, body });
  expect(answer.statusCode).toBe(201);
  return answer.json().id;
}

const pointers = (answer: Awaited<ReturnType<TestServer['send']>>) =>
  answer.json().errors.map(({ pointer }: { pointer: string }) => pointer);

test('an administrator sees the shops that are in these hands, an owner sees all of them', async () => {
  const list = async (token: string, query = '') =>
    (await server.send('GET', `/api/v2/admin/shops${query}`, { token })).json();
  const admin = await appoint(server, { shop: shop.id, role: 'admin' });
  const mine = await list(admin);
  expect(mine.items.map(({ slug }: { slug: string }) => slug)).toEqual([shop.slug]);
  const page = await list(owner, '?limit=1');
  expect(page).toMatchObject({ items: [{ slug: 'main' }], next_cursor: first.id });
  const rest = await list(owner, `?limit=200&cursor=${page.next_cursor}`);
  expect(rest.items.at(-1).slug).toBe(shop.slug);
  expect(rest.next_cursor).toBeNull();
});

test('who administers no shop sees none, and only an owner opens one', async () => {
  const barber = await appoint(server, { shop: shop.id, role: 'barber' });
  const admin = await appoint(server, { shop: shop.id, role: 'admin' });
  for (const token of [client, barber]) {
    expect((await server.send('GET', '/api/v2/admin/shops', { token })).statusCode).toBe(403);
    expect((await patch({ notice_minutes: 5 }, token)).statusCode).toBe(403);
  }
  const body = { slug: 'not-mine', name: 'Not mine', timezone: 'UTC' };
  const url = `/api/v2/admin/shops?shop=${shop.slug}`;
  expect((await server.send('POST', url, { token: admin, body })).statusCode).toBe(403);
  expect((await patch({ shop: 'main', notice_minutes: 5 }, admin)).statusCode).toBe(403);
  expect((await patch({ notice_minutes: 5 }, admin)).statusCode).toBe(200);
});

test('an owner opens a shop with the settings that are given and the usual ones for the rest', async () => {
  const body = {
    slug: 'berlin-2',
    name: '  Zweiter Stuhl ',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    notice_minutes: 30,
    same_day_cutoff: '17:30',
    assignment_policy: 'round_robin',
    opening_hours: [
      { weekday: 6, opens: '20:00', closes: '02:00' },
      { weekday: 1, opens: '09:00', closes: '24:00' },
    ],
  };
  const made = await server.send('POST', '/api/v2/admin/shops', { token: owner, body });
  expect(made.statusCode).toBe(201);
  const settings = {
    id: expect.any(Number),
    slug: 'berlin-2',
    name: 'Zweiter Stuhl',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    slot_duration_minutes: 30,
    notice_minutes: 30,
    horizon_days: 90,
    same_day_cutoff: '17:30',
    cancellation_notice_minutes: 0,
    hold_minutes: 5,
    assignment_policy: 'round_robin',
    opening_hours: [
      { weekday: 1, opens: '09:00', closes: '24:00' },
      { weekday: 6, opens: '20:00', closes: '02:00' },
    ],
  };
  expect(made.json()).toEqual(settings);
  const get = await server.send('GET', '/api/v2/admin/shop?shop=berlin-2', { token: owner });
  expect(get.json()).toEqual(settings);
  const seen = (await server.send('GET', '/api/v2/shop?shop=berlin-2')).json();
  expect(seen).toMatchObject({ name: 'Zweiter Stuhl', currency: 'EUR' });
});

test('everything that is wrong with a new shop is said at once', async () => {
  const create = (body: object) => server.send('POST', '/api/v2/admin/shops', { token: owner, body });
  const wrong = await create({
    slug: 'Not A Slug',
    name: '   ',
    timezone: 'Mars/Olympus',
    currency: 'ZZZ',
    same_day_cutoff: '24:00',
    opening_hours: [
      { weekday: 1, opens: '09:00', closes: '09:00' },
      { weekday: 2, opens: '09:00', closes: '12:00' },
      { weekday: 2, opens: '11:00', closes: '13:00' },
    ],
  });
  expect(wrong.statusCode).toBe(400);
  expect(pointers(wrong).sort()).toEqual([
    '/currency',
    '/name',
    '/opening_hours/0/closes',
    '/opening_hours/2',
    '/same_day_cutoff',
    '/slug',
    '/timezone',
  ]);
  // The same ones are found where the schema has something to say as well.
  const typed = await create({
    slug: 'a--b',
    name: ' ',
    timezone: '+02:00',
    currency: 'usd',
    hold_minutes: '5',
  });
  expect(pointers(typed).sort()).toEqual(['/currency', '/hold_minutes', '/name', '/slug', '/timezone']);
  const zone = await create({ slug: 'zone', name: 'Zone', timezone: 'Mars/Olympus' });
  expect(zone.json()).toMatchObject({ code: 'unknown_timezone', errors: [{ pointer: '/timezone' }] });
  const taken = await create({ slug: 'main', name: 'Again', timezone: 'UTC' });
  expect(taken.json()).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '/slug' }] });
  expect(pointers(await create({ name: 'No slug', timezone: 'UTC' }))).toEqual(['/slug']);
});

test('of two who open a shop under one slug at once, one is told that it is taken', async () => {
  const body = { slug: 'twice', name: 'Twice', timezone: 'UTC' };
  const answers = await Promise.all(
    [1, 2, 3].map(() => server.send('POST', '/api/v2/admin/shops', { token: owner, body })),
  );
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 400, 400]);
});

test('a change takes what is given, leaves the rest, and shows at once', async () => {
  const changed = await patch({ name: 'The Fresh Chair', hold_minutes: 10, same_day_cutoff: '12:00' });
  expect(changed.statusCode).toBe(200);
  expect(changed.json()).toMatchObject({
    slug: shop.slug,
    name: 'The Fresh Chair',
    hold_minutes: 10,
    same_day_cutoff: '12:00',
    slot_duration_minutes: 30,
    conflicts: [],
  });
  expect(changed.json().opening_hours).toHaveLength(7);
  const cleared = await patch({ same_day_cutoff: null });
  expect(cleared.json()).toMatchObject({ name: 'The Fresh Chair', same_day_cutoff: null });
  const seen = (await server.send('GET', `/api/v2/shop?shop=${shop.slug}`)).json();
  expect(seen).toMatchObject({ name: 'The Fresh Chair', same_day_cutoff: null });
});

test('what is no change, or cannot be changed, is refused', async () => {
  const nothing = await patch({});
  expect(nothing.statusCode).toBe(400);
  expect(nothing.json().code).toBe('validation_failed');
  expect(pointers(await patch({ slug: 'other', currency: 'EUR' })).sort()).toEqual(['/currency', '/slug']);
  const limits = {
    slot_duration_minutes: 4,
    notice_minutes: -1,
    horizon_days: 731,
    cancellation_notice_minutes: 3_000_000_000,
    hold_minutes: 1.5,
    assignment_policy: 'random',
    name: '\u0000',
  };
  expect(pointers(await patch(limits)).sort()).toEqual(
    Object.keys(limits)
      .map((field) => `/${field}`)
      .sort(),
  );
  const after = await server.send('GET', `/api/v2/admin/shop?shop=${shop.slug}`, { token: owner });
  expect(after.json()).toMatchObject({ slug: shop.slug, currency: 'USD', notice_minutes: 0 });
});

test('another slot length is offered at once', async () => {
  const times = async () => (await slots('2026-11-23')).slice(0, 3).map(({ time }: { time: string }) => time);
  expect(await times()).toEqual(['09:00', '09:30', '10:00']);
  await patch({ slot_duration_minutes: 20 });
  expect(await times()).toEqual(['09:00', '09:20', '09:40']);
});

test('another time zone moves the slots, not the bookings, and says which no longer fit', async () => {
  const id = await book('2026-11-23', '09:00');
  const changed = await patch({ timezone: 'America/Los_Angeles' });
  expect(changed.json()).toMatchObject({
    timezone: 'America/Los_Angeles',
    conflicts: [
      { id, date: '2026-11-23', time: '06:00', start: '2026-11-23T06:00:00-08:00', client: { name: 'Ada' } },
    ],
  });
  expect((await slots('2026-11-23'))[0].start).toBe('2026-11-23T09:00:00-08:00');
});

test('notice and horizon hold from the change on', async () => {
  await patch({ notice_minutes: 24 * 60, horizon_days: 2 });
  const first = async (date: string) => (await slots(date))[0].what;
  expect(await first('2026-11-23')).toBe('notice');
  expect(await first('2026-11-24')).toBe('free');
  expect(await first('2026-11-25')).toBe('too_far_ahead');
});

test('opening hours replace the week, and the bookings that lie outside are named', async () => {
  const inside = await book('2026-11-24', '10:00');
  const outside = await book('2026-11-24', '14:00');
  const changed = await patch({ opening_hours: [{ weekday: 2, opens: '08:00', closes: '12:00' }] });
  expect(changed.json().opening_hours).toEqual([{ weekday: 2, opens: '08:00', closes: '12:00' }]);
  expect(changed.json().conflicts.map(({ id }: { id: number }) => id)).toEqual([outside]);
  expect(await slots('2026-11-23')).toEqual([]);
  expect((await slots('2026-11-24')).map(({ time }: { time: string }) => time)).not.toContain('14:00');
  const closed = await patch({ opening_hours: [] });
  expect(closed.json().opening_hours).toEqual([]);
  expect(closed.json().conflicts.map(({ id }: { id: number }) => id)).toEqual([inside, outside]);
});

test('two who replace the week at once leave one of the two weeks', async () => {
  const weeks = ['09:00', '10:00', '11:00'].map((opens) => [{ weekday: 3, opens, closes: '17:00' }]);
  const answers = await atOnce(
    server,
    shop.id,
    weeks.map((opening_hours) => () => patch({ opening_hours })),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  const { opening_hours } = (await server.send('GET', `/api/v2/shop?shop=${shop.slug}`)).json();
  expect(weeks).toContainEqual(opening_hours);
});

test('a shop whose name nobody could write is none', async () => {
  for (const slug of ['%00', 'Main', '%F0%9F%92%88']) {
    const answer = await server.send('GET', `/api/v2/admin/shop?shop=${slug}`, { token: owner });
    expect(answer.statusCode).toBe(404);
  }
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createShop, everyDay, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

/** A Monday. */
const DAY = '2026-11-30';

let server: TestServer;
let shop: TestShop;
let admin: string;
let client: string;
let barber: number;
let base: string;

beforeAll(async () => {
  server = await startTestServer();
  shop = await createShop(server.database.db, { hours: everyDay('09:00', '17:00') });
  admin = await appoint(server, { shop: shop.id, role: 'admin' });
  client = await server.signUp();
});
afterAll(() => server.close());
beforeEach(async () => {
  const added = await server.send('POST', '/api/v2/admin/barbers', { token: admin, body: { name: 'Ben' } });
  barber = added.json().id;
  base = `/api/v2/admin/barbers/${barber}`;
});

const as = (token: string) => ({
  get: (path: string) => server.send('GET', `${base}${path}`, { token }),
  put: (path: string, body: object) => server.send('PUT', `${base}${path}`, { token, body }),
  post: (path: string, body: object) => server.send('POST', `${base}${path}`, { token, body }),
  delete: (path: string) => server.send('DELETE', `${base}${path}`, { token }),
});

async function freeTimes(date: string): Promise<string[]> {
  const url = `/api/v2/bookings/available-slots?target_date=${date}&barber_id=${barber}`;
  const { slots } = (await server.send('GET', url)).json();
  return slots
    .filter(({ available }: { available: boolean }) => available)
    .map(({ time }: { time: string }) => time);
}

async function book(time: string, date = DAY): Promise<number> {
  const body = { date, time, service: 'Haircut', barber_id: barber };
  const answer = await server.send('POST', '/api/v2/bookings/create', { token: client, body });
  expect(answer.statusCode).toBe(201);
  return answer.json().id;
}

const pointersOf = (answer: { json(): { errors: { pointer: string }[] } }) =>
  answer.json().errors.map(({ pointer }) => pointer);
const idsOf = (answer: { json(): { conflicts: { id: number }[] } }) =>
  answer.json().conflicts.map(({ id }) => id);

describe('the week', () => {
  test('is replaced as a whole, decides what is free, and names the bookings outside of it', async () => {
    const early = await book('09:00');
    await book('10:00');
    const weekly_hours = [
      { weekday: 1, opens: '13:00', closes: '14:00' },
      { weekday: 1, opens: '10:00', closes: '11:00' },
    ];
    const changed = await as(admin).put('/hours', { weekly_hours });
    expect(changed.statusCode).toBe(200);
    const inOrder = [...weekly_hours].reverse();
    expect(changed.json()).toMatchObject({
      weekly_hours: inOrder,
      conflicts: [{ id: early, client: { name: 'Ada', email: expect.any(String), phone: null } }],
    });
    expect((await as(admin).get('/hours')).json()).toEqual({ weekly_hours: inOrder });
    expect(await freeTimes(DAY)).toEqual(['10:30', '13:00', '13:30']);
    expect(await freeTimes('2026-12-01')).toEqual([]);
  });

  test('may cross midnight, also into hours of the next weekday, but not overlap within one', async () => {
    const night = [
      { weekday: 1, opens: '20:00', closes: '04:00' },
      { weekday: 2, opens: '02:00', closes: '10:00' },
    ];
    expect((await as(admin).put('/hours', { weekly_hours: night })).statusCode).toBe(200);
    const overlapping = [...night, { weekday: 1, opens: '23:00', closes: '23:30' }];
    const answer = await as(admin).put('/hours', { weekly_hours: overlapping });
    expect(answer.statusCode).toBe(400);
    expect(pointersOf(answer)).toEqual(['/weekly_hours/2']);
    expect((await as(admin).get('/hours')).json().weekly_hours).toEqual(night);
  });
});

describe('overrides', () => {
  test('replace the weekly hours of their date, once and again, until they are deleted', async () => {
    const first = await as(admin).post('/overrides', {
      date: DAY,
      periods: [{ opens: '09:00', closes: '12:00' }],
    });
    expect(first.statusCode).toBe(201);
    expect(first.json()).toEqual({
      date: DAY,
      periods: [{ opens: '09:00', closes: '12:00' }],
      conflicts: [],
    });
    const periods = [
      { opens: '15:00', closes: '16:00' },
      { opens: '10:00', closes: '10:30' },
    ];
    await as(admin).post('/overrides', { date: DAY, periods });
    expect(await freeTimes(DAY)).toEqual(['10:00', '15:00', '15:30']);
    expect((await as(admin).get('/overrides')).json()).toEqual({
      items: [{ date: DAY, periods: [...periods].reverse() }],
      next_cursor: null,
    });
    expect((await as(admin).delete(`/overrides/${DAY}`)).statusCode).toBe(204);
    expect(await freeTimes(DAY)).toHaveLength(16);
    const again = await as(admin).delete(`/overrides/${DAY}`);
    expect([again.statusCode, pointersOf(again)]).toEqual([404, ['/date']]);
  });

  test('without periods are a day off, and name the bookings of that day', async () => {
    const meant = await book('10:00');
    await book('10:00', '2026-12-02');
    const off = await as(admin).post('/overrides', { date: DAY, periods: [] });
    expect(off.json()).toMatchObject({ date: DAY, periods: [] });
    expect(idsOf(off)).toEqual([meant]);
    expect(await freeTimes(DAY)).toEqual([]);
  });

  test('reach no further than the shop is open', async () => {
    await as(admin).post('/overrides', { date: DAY, periods: [{ opens: '06:00', closes: '10:00' }] });
    expect(await freeTimes(DAY)).toEqual(['09:00', '09:30']);
  });

  test('come by date, in pages and within dates; past ones can be edited, too', async () => {
    const dates = ['2026-12-03', '2020-02-29', '2026-12-01'];
    for (const date of dates)
      expect((await as(admin).post('/overrides', { date, periods: [] })).statusCode).toBe(201);
    const first = (await as(admin).get('/overrides?limit=2')).json();
    expect(first.items.map(({ date }: { date: string }) => date)).toEqual(['2020-02-29', '2026-12-01']);
    const second = (await as(admin).get(`/overrides?limit=2&cursor=${first.next_cursor}`)).json();
    expect(second).toEqual({ items: [{ date: '2026-12-03', periods: [] }], next_cursor: null });
    const within = (await as(admin).get('/overrides?from=2026-12-01&to=2026-12-02')).json();
    expect(within.items).toEqual([{ date: '2026-12-01', periods: [] }]);
  });

  test('with faults are refused with all of them', async () => {
    const answer = await as(admin).post('/overrides', {
      date: '2027-02-29',
      periods: [
        { opens: '9:00', closes: '12:00' },
        { opens: '13:00', closes: '15:00' },
        { opens: '14:00', closes: '16:00' },
        { opens: '18:00', closes: '18:00' },
      ],
    });
    expect(answer.statusCode).toBe(400);
    expect(pointersOf(answer).sort()).toEqual([
      '/date',
      '/periods/0/opens',
      '/periods/2',
      '/periods/3/closes',
    ]);
    expect((await as(admin).get('/overrides')).json().items).toEqual([]);
    expect(pointersOf(await as(admin).delete('/overrides/tomorrow'))).toEqual(['/date']);
    expect(pointersOf(await as(admin).get('/overrides?from=x&to=2026-02-30'))).toEqual(['/from', '/to']);
    expect(pointersOf(await as(admin).get('/overrides?from=2026-02-03&to=2026-02-02'))).toEqual(['/to']);
  });
});

describe('time off', () => {
  test('of whole days or from time to time keeps slots from being offered, and can be taken back', async () => {
    const days = await as(admin).post('/time-off', {
      start_date: DAY,
      end_date: '2026-12-01',
      reason: ' Sea ',
    });
    expect(days.statusCode).toBe(201);
    expect(days.json()).toEqual({
      id: expect.any(Number),
      start_date: DAY,
      end_date: '2026-12-01',
      start_time: null,
      end_time: null,
      reason: 'Sea',
      conflicts: [],
    });
    const hours = {
      start_date: '2026-12-02',
      end_date: '2026-12-02',
      start_time: '09:00',
      end_time: '16:30',
    };
    const part = await as(admin).post('/time-off', hours);
    expect(part.json()).toMatchObject({ ...hours, reason: null });
    expect([await freeTimes(DAY), await freeTimes('2026-12-01')]).toEqual([[], []]);
    expect(await freeTimes('2026-12-02')).toEqual(['16:30']);
    const { items } = (await as(admin).get('/time-off')).json();
    expect(items).toHaveLength(2);
    expect((await as(admin).get('/time-off?from=2026-12-02')).json().items).toEqual([items[1]]);
    expect((await as(admin).get('/time-off?to=2026-12-01')).json().items).toEqual([items[0]]);
    expect((await as(admin).get('/time-off?limit=1')).json()).toEqual({
      items: [items[0]],
      next_cursor: items[0].id,
    });
    expect((await as(admin).delete(`/time-off/${items[0].id}`)).statusCode).toBe(204);
    expect(await freeTimes(DAY)).toHaveLength(16);
    expect((await as(admin).delete(`/time-off/${items[0].id}`)).statusCode).toBe(404);
  });

  test('over bookings succeeds, and names those that it meets', async () => {
    await book('09:00');
    const met = [await book('09:30'), await book('10:00')];
    await book('10:30');
    const answer = await as(admin).post('/time-off', {
      start_date: DAY,
      start_time: '09:45',
      end_time: '10:30',
    });
    expect(answer.statusCode).toBe(201);
    expect(idsOf(answer)).toEqual(met);
  });

  test.each([
    [{ start_date: '2026-13-01', end_date: 'later' }, ['/start_date', '/end_date']],
    [{ start_date: DAY, start_time: '09:00' }, ['/end_time']],
    [{ start_date: DAY, end_time: '09:00' }, ['/start_time']],
    [{ start_date: DAY, end_date: '2026-11-29' }, ['/end_date']],
    [{ start_date: DAY, start_time: '09:00', end_time: '09:00' }, ['/end_time']],
    [{ start_date: DAY, reason: 'x'.repeat(201) }, ['/reason']],
    [{ reason: 'none' }, ['/start_date']],
  ])('%j is refused', async (body, pointers) => {
    const answer = await as(admin).post('/time-off', body);
    expect(answer.statusCode).toBe(400);
    expect(pointersOf(answer)).toEqual(pointers);
    expect((await as(admin).get('/time-off')).json().items).toEqual([]);
  });
});

describe('who may', () => {
  const READS = ['/hours', '/overrides', '/time-off'];
  const writes = (token: string) => [
    as(token).put('/hours', { weekly_hours: [] }),
    as(token).post('/overrides', { date: DAY, periods: [] }),
    as(token).delete('/overrides/2026-11-29'),
    as(token).post('/time-off', { start_date: DAY }),
    as(token).delete('/time-off/1'),
  ];
  const statusesOf = async (token: string) => {
    const answers = await Promise.all([...READS.map((path) => as(token).get(path)), ...writes(token)]);
    return new Set(answers.map(({ statusCode }) => statusCode));
  };

  test('barbers see to their own hours, and to nobody else’s', async () => {
    const ben = await appoint(server, { shop: shop.id, role: 'barber', barber });
    for (const path of READS) expect((await as(ben).get(path)).statusCode).toBe(200);
    const [hours, override, , timeOff] = await Promise.all(writes(ben));
    const statuses = [hours?.statusCode, override?.statusCode, timeOff?.statusCode];
    expect(statuses).toEqual([200, 201, 201]);
    const ana = await appoint(server, { shop: shop.id, role: 'barber', barber: shop.barberIds[0] ?? 0 });
    expect(await statusesOf(ana)).toEqual(new Set([403]));
    const chairless = await appoint(server, { shop: shop.id, role: 'barber' });
    expect(await statusesOf(chairless)).toEqual(new Set([403]));
    // Also where the request is wrong: that is none of their business.
    expect((await as(ana).put('/hours', {})).statusCode).toBe(403);
  });

  test('clients and the staff of other shops may not', async () => {
    const other = await createShop(server.database.db);
    const stranger = await appoint(server, { shop: other.id, role: 'admin' });
    for (const token of [client, stranger]) expect(await statusesOf(token)).toEqual(new Set([403]));
  });

  test('a barber of another shop is not found', async () => {
    const owner = await appoint(server, { role: 'admin' });
    const other = await createShop(server.database.db);
    base = `/api/v2/admin/barbers/${other.barberIds[0]}`;
    expect(await statusesOf(owner)).toEqual(new Set([404]));
    base = '/api/v2/admin/barbers/2147483647';
    expect(await statusesOf(owner)).toEqual(new Set([404]));
  });

  test('time off of another barber is not found', async () => {
    const mine = (await as(admin).post('/time-off', { start_date: DAY })).json();
    base = `/api/v2/admin/barbers/${shop.barberIds[0]}`;
    expect((await as(admin).delete(`/time-off/${mine.id}`)).statusCode).toBe(404);
  });
});

test('whoever works at a chair is told which is their own, unless it has retired', async () => {
  const { shop_id: shop } = await server.database.db
    .selectFrom('barber')
    .select('shop_id')
    .where('id', '=', barber)
    .executeTakeFirstOrThrow();
  const token = await appoint(server, { shop, role: 'barber', barber });
  const own = async (who: string) =>
    (await server.send('GET', '/api/v2/me', { token: who })).json().barber_id;
  expect(await own(token)).toBe(barber);
  expect(await own(admin)).toBeNull();
  await server.database.db.updateTable('barber').set({ active: false }).where('id', '=', barber).execute();
  expect(await own(token)).toBeNull();
});

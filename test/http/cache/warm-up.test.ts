import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createShop, type TestShop } from '../../support/shop.ts';
import { until } from '../../support/waiting.ts';
import { createTargets } from '../fuzz/targets.ts';
import { type Extra, startTestServer, type TestServer } from '../server.ts';

const PATH = '/api/v2/cache/warm-up';
const ASYNC = { prefer: 'respond-async' };
/** A Sunday evening in New York. */
const TODAY = '2026-11-22';

let server: TestServer;
let shop: TestShop;
let foreign: TestShop;
/** Of the owner of both shops. */
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  await server.following();
  const { db } = server.database;
  shop = await createShop(db, { barbers: ['Ana', 'Ben', 'Cem'] });
  foreign = await createShop(db, { barbers: ['Dan'] });
  token = (await createTargets(server, shop).account({ shop: null, role: 'admin' })).token;
});
afterAll(() => server.close());

const post = (path: string, extra: Extra = {}) => server.send('POST', path, { token, ...extra });
const jobOf = async (url: string) => (await server.send('GET', url, { token })).json();

interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string }[];
}

async function faultsOf(path: string, body?: object): Promise<string[]> {
  const answer = await post(path, body && { body });
  const { errors }: Problem = answer.json();
  return [`${answer.statusCode}`, ...errors.map(({ pointer, code }) => `${pointer} ${code}`)];
}

describe('POST /warm-up', () => {
  test('warms up today and the seven days after it, answers when that is done, and again loads nothing', async () => {
    const first = await post(PATH);
    expect(first.statusCode).toBe(200);
    expect(first.json()).toEqual({
      message: 'Cache warmed up',
      stats: {
        days: 8,
        barbers: 3,
        cached: 24,
        already_fresh: 0,
        errors: 0,
        duration_ms: expect.any(Number),
      },
    });
    expect((await post(`${PATH}?days_ahead=10`)).json().stats).toMatchObject({
      days: 11,
      cached: 9,
      already_fresh: 24,
    });
  });

  test('is under /api/v2/admin/cache, too', async () => {
    const answer = await post(`/api/v2/admin/cache/warm-up?days_ahead=1&shop=${foreign.slug}`);
    expect(answer.json().stats).toMatchObject({ days: 2, barbers: 1, cached: 2 });
  });

  test('takes a range and barbers, also days that are over or cannot be booked yet', async () => {
    const [ana, ben] = shop.barberIds;
    const body = { start_date: '2026-11-01', end_date: '2026-11-02', barber_ids: [ben, ana, ben] };
    expect((await post(PATH, { body })).json().stats).toMatchObject({ days: 2, barbers: 2, cached: 4 });
    const far = { start_date: '2030-01-01', end_date: '2030-03-31' };
    expect((await post(PATH, { body: far })).json().stats).toMatchObject({ days: 90, cached: 270 });
  });

  test('refuses what is no range, and tells everything that is wrong', async () => {
    const [stranger] = foreign.barberIds;
    expect(await faultsOf(`${PATH}?days_ahead=0`)).toEqual(['400', '/days_ahead validation_failed']);
    expect(await faultsOf(`${PATH}?days_ahead=31`)).toEqual(['400', '/days_ahead validation_failed']);
    const range = { start_date: TODAY, end_date: '2027-02-20' };
    expect(await faultsOf(PATH, range)).toEqual(['400', '/end_date validation_failed']);
    expect(await faultsOf(PATH, { barber_ids: [stranger] })).toEqual(['404', '/barber_ids/0 not_found']);
    const body = { ...range, end_date: '2026-11-21', barber_ids: [shop.barberIds[0], stranger, 999_999] };
    expect(await faultsOf(`${PATH}?days_ahead=3`, body)).toEqual([
      '400',
      '/days_ahead validation_failed',
      '/end_date validation_failed',
      '/barber_ids/1 not_found',
      '/barber_ids/2 not_found',
    ]);
    expect(await faultsOf(PATH, { start_date: '2026-02-30' })).toEqual([
      '400',
      '/start_date validation_failed',
      '/end_date validation_failed',
    ]);
  });

  test('answers at once to whom prefers that, and tells how it ended', async () => {
    const body = { start_date: '2026-12-10', end_date: '2026-12-19' };
    const started = await post(PATH, { body, headers: { prefer: 'wait=5, Respond-Async' } });
    expect(started.statusCode).toBe(202);
    expect(started.headers).toMatchObject({ 'preference-applied': 'respond-async' });
    const { id } = started.json();
    expect(started.headers.location).toBe(`${PATH}/${id}`);
    expect(started.json()).toMatchObject({ status: 'running', barber_ids: null, finished_at: null });
    await until(async () => (await jobOf(`${PATH}/${id}`)).status !== 'running');
    expect(await jobOf(`${PATH}/${id}`)).toEqual({
      ...started.json(),
      status: 'done',
      progress: { done: 30, total: 30, percent: 100 },
      stats: {
        days: 10,
        barbers: 3,
        cached: 30,
        already_fresh: 0,
        errors: 0,
        duration_ms: expect.any(Number),
      },
      finished_at: expect.any(String),
    });
  });

  test('says where that is to be found, also at another shop than the first, and nowhere else', async () => {
    const started = await post(`${PATH}?shop=${foreign.slug}`, { headers: ASYNC });
    const { location = '' } = started.headers;
    expect((await server.send('GET', `${location}`, { token })).statusCode).toBe(200);
    const elsewhere = `${PATH}/${started.json().id}?shop=${shop.slug}`;
    expect((await server.send('GET', elsewhere, { token })).json()).toMatchObject({ code: 'not_found' });
  });

  test('with an Idempotency-Key is done once, in the background as well', async () => {
    const keyed = { headers: { ...ASYNC, 'idempotency-key': 'warm' }, body: { barber_ids: shop.barberIds } };
    const twins = await Promise.all([1, 2, 3].map(() => post(PATH, keyed)));
    const again = await post(PATH, keyed);
    const ids = new Set([...twins, again].map((answer) => answer.json().id));
    expect(ids.size).toBe(1);
    expect(again.headers).toMatchObject({
      location: `${PATH}/${[...ids][0]}`,
      'idempotency-replayed': 'true',
    });
    const { rows } = await server.database.pool.query('select from warm_up where barber_ids = $1', [
      shop.barberIds,
    ]);
    expect(rows).toHaveLength(1);
  });

  test('of those who wait leaves a row too', async () => {
    await post(`${PATH}?days_ahead=2`);
    const { rows } = await server.database.pool.query('select status from warm_up order by id desc limit 1');
    expect(rows).toEqual([{ status: 'done' }]);
  });
});

test('POST /preload loads settings, services and hours', async () => {
  const { slug } = await createShop(server.database.db, {
    barbers: ['Eva', 'Flo'],
    services: { Cut: [30], Wash: [10] },
  });
  const answer = await post(`/api/v2/cache/preload?shop=${slug}`);
  expect(answer.json()).toMatchObject({ message: 'Settings, services and hours are cached' });
  expect(answer.json().stats).toMatchObject({ services: 2, barbers: 2, cached: 3, already_fresh: 0 });
  expect((await post(`/api/v2/cache/preload?shop=${slug}`)).json().stats).toMatchObject({
    cached: 0,
    already_fresh: 3,
  });
});

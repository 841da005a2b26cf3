import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../src/calendar/time.ts';
import { addDemand } from '../../../src/warming/demand/queries.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { NOW, startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

const HOUR = 3_600_000;
const PRESENT = Math.floor(Date.parse(NOW) / HOUR) * HOUR;

let server: TestServer;
let owner: string;
let busy: TestShop;
let silent: TestShop;

beforeAll(async () => {
  server = await startTestServer();
  owner = await appoint(server, { role: 'admin' });
  const barbers = ['Ana', 'Ben', 'Cem', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal'];
  busy = await createShop(server.database.db, { barbers, timezone: 'America/New_York' });
  silent = await createShop(server.database.db);
  // Three weeks: 80 reads in each hour, 160 on Mondays at nine in New York.
  for (let hour = 1; hour <= 3 * 168; hour++) {
    const at = PRESENT - hour * HOUR;
    const today = new Date(at - 5 * HOUR).toISOString().slice(0, 10);
    const isPeak = new Date(at - 5 * HOUR).toUTCString().startsWith('Mon') && at % (24 * HOUR) === 14 * HOUR;
    const reads = isPeak ? 10 : 5;
    const asked = busy.barberIds.flatMap((barberId) =>
      [0, 3].map((ahead) => ({ shopId: busy.id, barberId, from: addDays(today, ahead), days: 1, reads })),
    );
    await addDemand(server.database.db, asked, at);
  }
});
afterAll(() => server.close());

const ask = async (query: string) =>
  (await server.send('GET', `/api/v2/cache/forecast?${query}`, { token: owner })).json();

test('shows what will be read, what was, and how far off the predictions were', async () => {
  const answer = await ask(`shop=${busy.slug}`);
  expect(answer).toMatchObject({
    timestamp: new Date(NOW).toISOString(),
    method: expect.any(String),
    history_hours: 503,
    error: { mean_absolute: 0, wape: 0, naive_wape: 0 },
  });
  expect(answer.hours).toHaveLength(24);
  expect(answer.hours[0]).toEqual({ at: new Date(PRESENT).toISOString(), predicted: 80, actual: null });
  // Tomorrow at nine in New York.
  expect(answer.hours[13]).toMatchObject({ at: '2026-11-23T14:00:00.000Z', predicted: 160 });
  expect(answer.recent).toHaveLength(48);
  expect(answer.recent.at(-1)).toMatchObject({ predicted: 80, actual: 80 });
});

test('shows the hours of the week at the shop, and how far ahead people look', async () => {
  const { peak_hours: peaks, days_ahead: ahead } = await ask(`shop=${busy.slug}`);
  expect(peaks).toHaveLength(168);
  const [highest] = [...peaks].sort((a, b) => b.reads - a.reads);
  expect(highest).toEqual({ weekday: 1, hour: 9, reads: 160 });
  expect(ahead).toEqual([
    { days_ahead: 0, share: 0.5 },
    { days_ahead: 3, share: 0.5 },
  ]);
});

test('says what will be warmed next', async () => {
  const { next_warm_up: next } = await ask(`shop=${busy.slug}`);
  expect(next).toMatchObject({ days: 4, barbers: 8, loads: 1, saved_reads: expect.any(Number) });
  expect(next.saved_reads).toBeGreaterThan(1);
  expect(Date.parse(next.at) - Date.parse(NOW)).toBeLessThanOrEqual(4 * 60_000);
});

test('looks one to forty-eight hours ahead', async () => {
  expect((await ask(`shop=${busy.slug}&hours=48`)).hours).toHaveLength(48);
  expect((await ask(`shop=${busy.slug}&hours=1`)).hours).toHaveLength(1);
  for (const hours of ['0', '49', 'x']) expect(await ask(`hours=${hours}`)).toMatchObject({ status: 400 });
});

test('of a shop that nobody has read yet there is nothing to tell, and nothing to warm', async () => {
  const answer = await ask(`shop=${silent.slug}`);
  expect(answer).toMatchObject({
    history_hours: 0,
    error: { mean_absolute: null, wape: null, naive_wape: null },
    recent: [],
    days_ahead: [],
    next_warm_up: null,
  });
  expect(answer.hours.map(({ predicted }: { predicted: number }) => predicted)).toEqual(
    new Array(24).fill(0),
  );
});

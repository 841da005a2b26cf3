import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { administer } from '../traffic/administer.ts';
import { hourOf, type Seat } from '../traffic/booker.ts';
import type { Moment } from '../traffic/judge.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import type { Report } from '../traffic/tally.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { expectExact } from '../traffic/verdict.ts';

/** Two days that are booked, and a week after them. */
const DAYS = 9;
const A_WHILE_MS = 2_000;

let database: TestDatabase;
let scene: Scene;
let barberId: number;
/** What the tests before have taken away, of which nothing is booked any more. */
const taken: ((seat: Seat) => boolean)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  scene = await openScene({
    databaseUrl: database.connectionString,
    shelf: { days: DAYS, barbers: ['Ana', 'Ben'] },
  });
  [, barberId = 0] = scene.shop.barberIds;
});

afterAll(async () => {
  await scene.close();
  await database.close();
});

/** Takes seats away while others are booked: who is asked a second later may offer none of them. */
async function takeAway(
  name: string,
  which: (seat: Seat) => boolean,
  change: () => Promise<{ readonly when: Moment; readonly server?: number }>,
): Promise<Report> {
  taken.push(which);
  const bookable = (seat: Seat) => !taken.some((isTaken) => isTaken(seat));
  const fault = async (traffic: Traffic) => {
    const { when, server } = await change();
    traffic.gone(which, when, server);
    await sleep(A_WHILE_MS);
  };
  return scene.during(name, fault, { allowedMs: 1_000, bookable });
}

const now = () => ({ at: performance.now(), wall: Date.now() });

const onFirst = async (...change: [method: 'POST' | 'PUT' | 'PATCH', path: string, body: object]) => ({
  when: await administer(scene, ...change),
  server: 0,
});

test('what is typed in SQL by hand is so on every server', async () => {
  const booked = scene.shelf.dates.at(-1);
  const { id: shopId, serviceIds } = scene.shop;
  const report = await takeAway(
    'SQL by hand',
    (seat) => seat.date === booked && seat.barberId === barberId,
    async () => {
      await sql`insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at,
          occupied, price_amount, currency, guest_name)
        select ${shopId}, ${barberId}, ${serviceIds.Haircut}, 'Haircut', 'confirmed', at, at + interval '30 min',
          tstzrange(at, at + interval '30 min'), 3000, 'USD', 'Ada'
        from generate_series((${booked} || ' 09:00 America/New_York')::timestamptz,
          (${booked} || ' 16:30 America/New_York')::timestamptz, '30 min') as at`.execute(scene.db);
      return { when: now() };
    },
  );
  expectExact(report);
});

test('hours that are changed while others book are so on every server', async () => {
  const weekly_hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '09:00', closes: '13:00' }));
  const report = await takeAway(
    "a barber's hours",
    (seat) => seat.barberId === barberId && hourOf(seat) >= 13,
    () => onFirst('PUT', `barbers/${barberId}/hours`, { weekly_hours }),
  );
  expectExact(report);
});

test('a closure that is laid over a full week while others book closes it on every server', async () => {
  const [start_date = '', end_date = ''] = scene.shelf.dates.slice(-7).filter((_, n) => n === 0 || n === 6);
  const report = await takeAway(
    'a closure over a week',
    ({ date }) => date >= start_date,
    () => onFirst('POST', 'closures', { start_date, end_date }),
  );
  expectExact(report);
});

test('a shop that moves to another time zone has its new hours on every server', async () => {
  const report = await takeAway(
    'another time zone',
    // Nine in Los Angeles is noon in New York.
    (seat) => hourOf(seat) < 12,
    () => onFirst('PATCH', 'shop', { timezone: 'America/Los_Angeles' }),
  );
  expectExact(report);
});

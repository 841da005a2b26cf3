import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeLifetimes } from '../../../src/availability/cache/lifetime-settings.ts';
import { createCommit } from '../../../src/availability/commit.ts';
import { addDays } from '../../../src/calendar/time.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createShop, everyDay, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { type Audited, startAudited } from './audited.ts';

const FIRST = '2026-12-01';
const DAYS = 14;
const WRITES = 240;
/** Rounds on each instance. */
const ROUNDS = 150;

let database: TestDatabase;
let redis: RedisServer;
let shop: TestShop;
let instances: readonly Audited[];

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  shop = await createShop(database.db, { barbers: ['Ana', 'Ben', 'Cem'], hours: everyDay('00:00', '24:00') });
  instances = await Promise.all([startAudited(database, redis.url), startAudited(database, redis.url)]);
});
afterAll(async () => {
  await Promise.all(instances.map((one) => one.close()));
  await database.close();
  await redis.stop();
});

const below = (n: number) => Math.floor(Math.random() * n);
const anyBarber = () => shop.barberIds[below(shop.barberIds.length)] ?? 0;
const anyDate = () => addDays(FIRST, below(DAYS));
const commitOn = ({ bookings }: Audited) => createCommit(database.db, bookings.source.applied);

type Write = (on: Audited) => Promise<unknown>;

/** A booking or, for half a second, a hold; over midnight, too. Where the time is taken it is no write. */
const occupy =
  (status: 'confirmed' | 'held'): Write =>
  (on) =>
    commitOn(on)((trx) =>
      sql`
        insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
          lapses_at, price_amount, currency, hold_token_hash)
        select ${shop.id}, ${anyBarber()}, ${shop.serviceIds.Haircut}, 'Haircut', ${status}, t, t + interval '30 minutes',
          tstzrange(t, t + interval '30 minutes'),
          case when ${status} = 'held' then clock_timestamp() + interval '500 ms' end, 3000, 'USD',
          case when ${status} = 'held' then sha256(gen_random_uuid()::text::bytea) end
        from (select ${anyDate()}::date::timestamp at time zone 'America/New_York'
          + ${below(1_440)} * interval '1 minute' as t) as start`.execute(trx),
    ).catch((error: { code?: string }) => {
      if (error.code !== '23P01') throw error;
    });

const oneBooking = sql`(select id from booking where shop_id is not null order by random() limit 1)`;
const onDb =
  (statement: () => ReturnType<typeof sql>): Write =>
  (on) =>
    commitOn(on)((trx) => statement().execute(trx));

const WRITE_MIX: readonly Write[] = [
  occupy('confirmed'),
  occupy('confirmed'),
  occupy('confirmed'),
  occupy('held'),
  occupy('held'),
  onDb(() => sql`update booking set status = 'cancelled' where id = ${oneBooking} and status = 'confirmed'`),
  onDb(() => sql`delete from booking where id = ${oneBooking} and lapses_at < now()`),
  onDb(
    () =>
      sql`update weekly_hours set opens = make_time(${below(12)}, 0, 0) where barber_id = ${anyBarber()} and weekday = ${1 + below(7)}`,
  ),
  onDb(
    () => sql`insert into time_off (shop_id, barber_id, during)
      select ${shop.id}, ${anyBarber()}, tsrange(d - interval '10 days', d + interval '1 hour')
      from (select ${anyDate()}::timestamp as d) as day`,
  ),
  onDb(() => sql`delete from time_off where id = (select id from time_off order by random() limit 1)`),
  onDb(
    () => sql`insert into closure (shop_id, during)
      select ${shop.id}, tsrange(d, d + interval '2 hours') from (select ${anyDate()}::timestamp as d) as day`,
  ),
  onDb(() => sql`update shop set slot_minutes = ${5 + below(20)} where id = ${shop.id}`),
  (on) => commitOn(on)((trx) => changeLifetimes(trx, { days: 1 + below(300) })),
  ({ bookings: { source } }) => source.invalidate({ shopId: shop.id, from: FIRST, to: anyDate() }),
];

async function read({ bookings: { source } }: Audited): Promise<void> {
  const from = anyDate();
  await source.load({ shopId: shop.id, barberIds: shop.barberIds, from, to: addDays(from, below(10)) });
  await source.schedules(shop.id, [anyBarber()]);
  await source.rules(shop.id);
}

test('while two instances book, hold, cancel and administer, no round takes a change for drift', async () => {
  const work = instances.flatMap((one, i) => [
    async () => {
      for (let n = 0; n < WRITES / instances.length; n++) {
        const on = instances[(i + below(2)) % 2] ?? one;
        await WRITE_MIX[below(WRITE_MIX.length)]?.(on);
        await read(one);
      }
    },
    async () => {
      for (let n = 0; n < ROUNDS; n++) {
        await read(one);
        await one.audit();
      }
    },
  ]);
  await Promise.all(work.map((run) => run()));
  for (const one of instances) {
    expect(one.told).toEqual([]);
    expect(one.driftState()).toMatchObject({ found24h: 0, lastFoundAt: null });
    expect(one.driftState().audited).toBeGreaterThan(ROUNDS);
  }
}, 60_000);

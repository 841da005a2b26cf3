import { createPostgresSource } from '../../dist/availability/postgres/postgres-source.js';
import { addDays, dateAt } from '../../dist/calendar/time.js';
import { TIMEZONE } from '../../dist/seed/plan.js';
import { seedShop } from '../../dist/seed/shop.js';

const SLUG = 'empty';
const DAYS = 85;
const MINUTE = 60_000;
/** The shortest service and its buffer, on the grid. */
const STEP = 45;

/**
 * A database with a shop of ten barbers that nobody has booked yet.
 *
 * @returns the database, the shop, and `booking()`: what to book next, never the same twice
 */
export async function openEmptyShop(postgres, name) {
  const database = await postgres.open(name);
  const { db } = database;
  const from = addDays(dateAt(TIMEZONE, Date.now()), 2);
  const size = { slug: SLUG, name: 'Empty', barbers: 10, days: DAYS, fill: 0, seed: 1, from };
  const { shopId } = await seedShop(db, size);
  const source = createPostgresSource(db);
  const { value: rules } = await source.rules(shopId);
  const barberIds = rules.barbers.map(({ id }) => id);
  const days = await source.load({ shopId, barberIds, from, to: addDays(from, DAYS - 1) });
  const free = days.flatMap(({ value }) => startsOf(value));
  // By date, so that bookings do not all lie with one barber.
  free.sort((a, b) => a.startsAt - b.startsAt || a.barberId - b.barberId);
  let next = 0;
  const booking = () => {
    const { barberId, startsAt } = free[next++];
    const start = new Date(startsAt).toISOString();
    return { shop: SLUG, service: 'Haircut', barberId, start, name: 'Ada', email: 'ada@example.com' };
  };
  return { ...database, slug: SLUG, shopId, barberIds, from, booking };
}

/** Times at which the shortest service can begin, one after the other. */
export function startsOf({ barberId, startsAt, working, timeOff }) {
  if (timeOff.length > 0) return [];
  const starts = [];
  for (const [opens, closes] of working) {
    for (let at = opens; at + STEP <= closes; at += STEP)
      starts.push({ barberId, startsAt: startsAt + at * MINUTE });
  }
  return starts;
}

/** Nothing counts up versions any more: what a server without a cache would have. */
export async function dropTriggers({ pool }) {
  const { rows } = await pool.query(`
    select format('drop trigger %I on %I', tgname, tgrelid::regclass) as statement
    from pg_trigger join pg_proc on pg_proc.oid = tgfoid
    where not tgisinternal
      and proname in ('booking_changed', 'shop_changed', 'shop_rules_changed', 'barber_rules_changed', 'everything_changed')`);
  for (const { statement } of rows) await pool.query(statement);
}

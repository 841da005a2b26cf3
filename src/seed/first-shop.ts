import { type Kysely, sql } from 'kysely';
import { dateAt } from '../calendar/time.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import { TIMEZONE } from './plan.ts';
import { seedWithin } from './shop.ts';

export interface FirstShopOptions {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  /** The demo shop, with four barbers who are half booked for a month; otherwise an empty shop in UTC. */
  readonly demo: boolean;
}

const SLUG = 'main';
const DEMO = { slug: SLUG, name: 'The Fresh Chair', barbers: 4, days: 30, fill: 0.5, seed: 1 };
/** Any number; the same in all versions, so that two instances that start together make one shop. */
const FIRST_SHOP_LOCK = 5_713_962;

/** Makes the shop `main` where there is no shop at all; answers whether it did. */
export async function ensureFirstShop({ db, clock, demo }: FirstShopOptions): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${FIRST_SHOP_LOCK})`.execute(trx);
    const existing = await trx.selectFrom('shop').select('id').limit(1).executeTakeFirst();
    if (existing !== undefined) return false;
    if (demo) await seedWithin(trx, { ...DEMO, from: dateAt(TIMEZONE, clock.now()) });
    else await trx.insertInto('shop').values({ slug: SLUG, name: 'Main', timezone: 'UTC' }).execute();
    return true;
  });
}

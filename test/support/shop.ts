import type { Kysely } from 'kysely';
import type { Clock } from '../../src/clock.ts';
import type { Database } from '../../src/database/schema.ts';

interface Hours {
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
}

export interface ShopPlan {
  readonly slug?: string;
  readonly timezone?: string;
  readonly settings?: {
    readonly slot_minutes?: number;
    readonly notice_minutes?: number;
    readonly horizon_days?: number;
    readonly same_day_cutoff?: string;
    readonly cancellation_notice_minutes?: number;
    readonly hold_minutes?: number;
    readonly assignment_policy?: 'fewest_minutes' | 'round_robin' | 'usual_barber';
  };
  /** The shop's and every barber's hours; every day 09:00 to 17:00 unless given. */
  readonly hours?: readonly Hours[];
  readonly barbers?: readonly string[];
  /** Each offered by every barber: minutes, and buffers before and after. */
  readonly services?: Readonly<Record<string, readonly [duration: number, before?: number, after?: number]>>;
}

export interface TestShop {
  readonly id: number;
  readonly slug: string;
  readonly barberIds: readonly number[];
  readonly serviceIds: Readonly<Record<string, number>>;
}

export const everyDay = (opens: string, closes: string): Hours[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes }));

let shops = 0;

/** A shop in New York with a barber, Ana, and a haircut of 30 minutes, but for what the plan says. */
export async function createShop(db: Kysely<Database>, plan: ShopPlan = {}): Promise<TestShop> {
  const { timezone = 'America/New_York', hours = everyDay('09:00', '17:00'), barbers = ['Ana'] } = plan;
  const slug = plan.slug ?? `shop-${++shops}`;
  const { id } = await db
    .insertInto('shop')
    .values({ slug, name: slug, timezone, ...plan.settings })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (hours.length > 0)
    await db
      .insertInto('opening_hours')
      .values(hours.map((h) => ({ shop_id: id, ...h })))
      .execute();

  const serviceIds: Record<string, number> = {};
  for (const [name, [duration, before = 0, after = 0]] of Object.entries(
    plan.services ?? { Haircut: [30] },
  )) {
    const service = await db
      .insertInto('service')
      .values({
        shop_id: id,
        name,
        duration_minutes: duration,
        buffer_before_minutes: before,
        buffer_after_minutes: after,
        price_amount: 3000,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    serviceIds[name] = service.id;
  }
  const barberIds: number[] = [];
  for (const name of barbers) {
    const barber = await db
      .insertInto('barber')
      .values({ shop_id: id, name })
      .returning('id')
      .executeTakeFirstOrThrow();
    barberIds.push(barber.id);
    const owner = { shop_id: id, barber_id: barber.id };
    if (hours.length > 0)
      await db
        .insertInto('weekly_hours')
        .values(hours.map((h) => ({ ...owner, ...h })))
        .execute();
    const offers = Object.values(serviceIds).map((service_id) => ({ ...owner, service_id }));
    if (offers.length > 0) await db.insertInto('barber_service').values(offers).execute();
  }
  return { id, slug, barberIds, serviceIds };
}

let users = 0;

export async function createUser(db: Kysely<Database>): Promise<number> {
  const email = `client-${++users}@example.com`;
  const { id } = await db
    .insertInto('user')
    .values({ name: `Client ${users}`, email, emailVerified: false })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A clock that shows what it was set to. */
export function clockAt(instant: string): Clock & { set(instant: string): void } {
  let now = Date.parse(instant);
  return {
    now: () => now,
    set(next) {
      now = Date.parse(next);
    },
  };
}

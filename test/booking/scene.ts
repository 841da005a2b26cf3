import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import type { Booking, Hold, HoldOptions } from '../../src/booking/types/bookings.ts';
import type { BookingService } from '../../src/booking/types/service.ts';
import { addDays } from '../../src/calendar/time.ts';
import type { Outcome } from '../../src/outcome.ts';
import { clockAt, createShop, createUser, type ShopPlan, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { type OpenService, resultOf } from './services.ts';

export interface Scene {
  readonly clock: ReturnType<typeof clockAt>;
  readonly database: TestDatabase;
  readonly service: BookingService;
  /** The day on which everything happens unless it is said otherwise. */
  readonly day: string;
  shop(plan?: ShopPlan): Promise<TestShop>;
  user(): Promise<number>;
  /** A haircut for an account, as it is asked for. */
  wish(shop: TestShop, userId: number, bookingTime: string): Wish;
  book(shop: TestShop, userId: number, bookingTime: string, barberId?: number): Promise<Booking>;
  /** A haircut for a visitor, for somebody new unless one is named. */
  hold(shop: TestShop, bookingTime: string, more?: Partial<HoldOptions>): Promise<Outcome<Hold>>;
  /** Why each time of the day is taken: `booked`, …; or `free`. */
  slots(shop: TestShop, look?: Look): Promise<Readonly<Record<string, string>>>;
}

interface Wish {
  readonly shop: string;
  readonly userId: number;
  readonly service: string;
  readonly bookingDate: string;
  readonly bookingTime: string;
}

interface Look {
  readonly targetDate?: string;
  readonly holdToken?: string;
  readonly exact?: boolean;
}

/** A Sunday at noon in New York, and the Monday after it. */
const FIXED = { now: '2026-03-01T17:00:00Z', day: '2026-03-02' };

/** For holds, which run out by Postgres's clock: now, and a day next week. */
export function aRealDay(): typeof FIXED {
  const now = new Date().toISOString();
  return { now, day: addDays(now.slice(0, 10), 7) };
}

let visitors = 0;

/** A database and a service over it, for the tests of the describe that it is called in. */
export function useScene(open: OpenService, { now, day } = FIXED): Scene {
  const clock = clockAt(now);
  let opened: Pick<Scene, 'database' | 'service'> | undefined;
  const scene = () => {
    if (opened === undefined) throw new Error('A scene is open while tests run');
    return opened;
  };
  beforeAll(async () => {
    const database = await createTestDatabase();
    opened = { database, service: await open(database, clock) };
  });
  afterAll(async () => {
    await opened?.service.close();
    await opened?.database.close();
  });
  const wish: Scene['wish'] = ({ slug: shop }, userId, bookingTime) => ({
    shop,
    userId,
    service: 'Haircut',
    bookingDate: day,
    bookingTime,
  });
  return {
    clock,
    day,
    wish,
    get database() {
      return scene().database;
    },
    get service() {
      return scene().service;
    },
    shop: (plan) => createShop(scene().database.db, plan),
    user: () => createUser(scene().database.db),
    async book(shop, userId, time, barberId) {
      return resultOf(await scene().service.createBooking({ ...wish(shop, userId, time), barberId }));
    },
    hold({ slug: shop }, bookingTime, more) {
      const visitor = `visitor ${++visitors}`;
      const asked = { shop, visitor, service: 'Haircut', bookingDate: day, bookingTime };
      return scene().service.holdSlot({ ...asked, ...more });
    },
    async slots({ slug: shop }, look) {
      const options = { shop, targetDate: day, service: 'Haircut', includeNextAvailable: false, ...look };
      const { slots } = resultOf(await scene().service.getAvailableSlots(options));
      return Object.fromEntries(slots.map(({ time, reason = 'free' }) => [time, reason]));
    },
  };
}

/** Lets a hold run out just now, for Postgres: nobody tells the service what the time is there. */
export async function lapse({ db }: TestDatabase, hold: Hold): Promise<void> {
  await sql`
    update booking set lapses_at = clock_timestamp() - interval '1 ms'
    where status = 'held' and lapses_at = ${hold.expiresAt}::timestamptz
      and barber_id = ${hold.barberId} and starts_at = ${hold.start}::timestamptz`.execute(db);
}

export interface StaffAccount {
  readonly userId: number;
  readonly role: 'barber' | 'admin';
}

/** An account with a role at a shop; a barber has the chair. */
export async function createStaff(
  { db }: TestDatabase,
  role: StaffAccount['role'],
  shop: TestShop,
  chair?: number,
): Promise<StaffAccount> {
  const userId = await createUser(db);
  await db.insertInto('shop_role').values({ shop_id: shop.id, user_id: userId, role }).execute();
  if (chair !== undefined)
    await db.updateTable('barber').set({ user_id: userId }).where('id', '=', chair).execute();
  return { userId, role };
}

/** The mails that wait to be sent for a shop, in order. */
export async function mailsOf({ db }: TestDatabase, { id }: TestShop) {
  return db.selectFrom('mail_outbox').selectAll().where('shop_id', '=', id).orderBy('id').execute();
}

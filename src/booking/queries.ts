import { type Kysely, sql } from 'kysely';
import { formatInstant } from '../calendar/time.ts';
import type { BookingStatus, Database } from '../database/schema.ts';
import type { Booking, BookingChange, BookingRef, Page, UserBookingsOptions } from './types/bookings.ts';

/** A booking of the client, or undefined: somebody else's and a hold are as good as none. */
export async function selectBooking(
  db: Kysely<Database>,
  { bookingId, userId, shop }: BookingRef,
): Promise<Booking | undefined> {
  let query = bookings(db).where('booking.id', '=', bookingId).where('booking.user_id', '=', userId);
  if (shop !== undefined) query = query.where('shop.slug', '=', shop);
  const row = await query.executeTakeFirst();
  return row && bookingOf(row);
}

/** The client's bookings, the newest first. */
export async function selectUserBookings(
  db: Kysely<Database>,
  options: UserBookingsOptions,
): Promise<Page<Booking>> {
  const { userId, shop, status, cursor } = options;
  const limit = Math.min(Math.max(1, options.limit ?? 50), 200);
  let query = bookings(db).where('booking.user_id', '=', userId);
  if (shop !== undefined) query = query.where('shop.slug', '=', shop);
  if (status !== undefined) query = query.where('booking.status', '=', status);
  if (cursor !== undefined) query = query.where('booking.id', '<', cursor);
  const rows = await query
    .orderBy('booking.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(bookingOf);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Who changed what on a booking, the oldest first. */
export async function selectHistory(db: Kysely<Database>, bookingId: number): Promise<BookingChange[]> {
  const rows = await db
    .selectFrom('booking_history')
    .select(['at', 'actor_role', 'actor_id', 'changes'])
    .where('booking_id', '=', bookingId)
    .orderBy('id')
    .execute();
  return rows.map(({ at, actor_role, actor_id, changes }) => ({
    at: at.toISOString(),
    actor: { role: actor_role, userId: actor_id },
    changes,
  }));
}

function bookings(db: Kysely<Database>) {
  return db
    .selectFrom('booking')
    .innerJoin('barber', 'barber.id', 'booking.barber_id')
    .innerJoin('shop', 'shop.id', 'booking.shop_id')
    .select([
      'booking.id',
      'booking.barber_id',
      'barber.name as barber_name',
      'booking.service_name',
      'booking.starts_at',
      'booking.ends_at',
      'shop.timezone',
      'booking.price_amount',
      'booking.currency',
      'booking.notes',
      'booking.version',
      'booking.created_at',
    ])
    .select(sql<Exclude<BookingStatus, 'held'>>`booking.status`.as('status'))
    .where('booking.status', '<>', 'held');
}

type Row = Awaited<ReturnType<ReturnType<typeof bookings>['executeTakeFirstOrThrow']>>;

function bookingOf(row: Row): Booking {
  const { timezone } = row;
  const start = formatInstant(row.starts_at.getTime(), timezone);
  return {
    id: row.id,
    status: row.status,
    barberId: row.barber_id,
    barberName: row.barber_name,
    service: row.service_name,
    start,
    end: formatInstant(row.ends_at.getTime(), timezone),
    date: start.slice(0, 10),
    time: start.slice(11, 16),
    timezone,
    durationMinutes: (row.ends_at.getTime() - row.starts_at.getTime()) / 60_000,
    price: { amount: row.price_amount, currency: row.currency },
    notes: row.notes,
    version: row.version,
    createdAt: row.created_at.toISOString(),
  };
}

import { type Kysely, type RawBuilder, sql } from 'kysely';
import { formatInstant } from '../calendar/time.ts';
import type { BookingStatus, Database } from '../database/schema.ts';
import { hashOf } from '../token.ts';
import type {
  Booking,
  BookingChange,
  BookingRef,
  Client,
  Page,
  StaffBooking,
  UserBookingsOptions,
} from './types/bookings.ts';

/** In what capacity somebody may see and change a booking. */
export type Standing = 'admin' | 'barber' | 'client' | 'guest';

/**
 * The standing of whoever asks for the booking of the row; null for a stranger. A barber has to do with the own
 * chair, unless retired, an administrator with all of the shop's.
 */
export function standing({ userId, manageToken }: Pick<BookingRef, 'userId' | 'manageToken'>) {
  const user = sql`${userId ?? null}::integer`;
  const token = manageToken === undefined ? null : hashOf(manageToken);
  const roleHere = sql`
    select from shop_role as held
    where held.user_id = ${user} and (held.shop_id is null or held.shop_id = booking.shop_id)`;
  const result: RawBuilder<Standing | null> = sql`case
    when exists (${roleHere} and held.role = 'admin') then 'admin'
    when exists (${roleHere} and held.role = 'barber')
      and exists (select from barber as chair
        where chair.id = booking.barber_id and chair.user_id = ${user} and chair.active)
      then 'barber'
    when booking.user_id = ${user} then 'client'
    when booking.manage_token_hash = ${token} then 'guest'
  end`;
  return result;
}

/** A booking that whoever asks has to do with, or undefined: a stranger's and a hold are as good as none. */
export async function selectBooking(db: Kysely<Database>, ref: BookingRef): Promise<Booking | undefined> {
  let query = bookings(db)
    .where('booking.id', '=', ref.bookingId)
    .where(sql<boolean>`${standing(ref)} is not null`);
  if (ref.shop !== undefined) query = query.where('shop.slug', '=', ref.shop);
  const row = await query.executeTakeFirst();
  return row && bookingOf(row);
}

/** The booking that the token of a guest stands for. */
export async function selectManagedBooking(
  db: Kysely<Database>,
  manageToken: string,
): Promise<Booking | undefined> {
  const row = await bookings(db)
    .where('booking.manage_token_hash', '=', hashOf(manageToken))
    .executeTakeFirst();
  return row && bookingOf(row);
}

/** A booking that is known to be there, for whoever may see it. */
export async function selectStaffBooking(db: Kysely<Database>, id: number): Promise<StaffBooking> {
  return staffBookingOf(await bookings(db).where('booking.id', '=', id).executeTakeFirstOrThrow());
}

/** What the client may see of it. */
export function withoutClient({ client: _, ...booking }: StaffBooking): Booking {
  return booking;
}

/** These bookings as staff sees them, in the order of their ids. */
export async function selectStaffBookings(
  db: Kysely<Database>,
  ids: readonly number[],
): Promise<StaffBooking[]> {
  const rows = await bookings(db)
    .where(sql<boolean>`booking.id = any (${[...ids]}::integer[])`)
    .orderBy('booking.id')
    .execute();
  return rows.map(staffBookingOf);
}

/** The client's bookings, the newest first. */
export async function selectUserBookings(
  db: Kysely<Database>,
  options: UserBookingsOptions,
): Promise<Page<Booking>> {
  const { userId, shop, status, cursor } = options;
  let query = bookings(db).where('booking.user_id', '=', userId);
  if (shop !== undefined) query = query.where('shop.slug', '=', shop);
  if (status !== undefined) query = query.where('booking.status', '=', status);
  if (cursor !== undefined) query = query.where('booking.id', '<', cursor);
  const limit = pageLimit(options.limit);
  const rows = await query
    .orderBy('booking.id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows.map(bookingOf), limit);
}

/** 1 to 200, 50 unless given. */
export function pageLimit(limit = 50): number {
  return Math.min(Math.max(1, limit), 200);
}

/** One more than the limit was read, if there is one. */
export function pageOf<T extends { readonly id: number }>(read: readonly T[], limit: number): Page<T> {
  const items = read.slice(0, limit);
  return { items, nextCursor: read.length > limit ? (items.at(-1)?.id ?? null) : null };
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

/** Bookings with all that is shown of them; holds are none. */
export function bookings(db: Kysely<Database>) {
  return db
    .selectFrom('booking')
    .innerJoin('barber', 'barber.id', 'booking.barber_id')
    .innerJoin('shop', 'shop.id', 'booking.shop_id')
    .leftJoin('user', 'user.id', 'booking.user_id')
    .select([
      'booking.id',
      'booking.barber_id',
      'barber.name as barber_name',
      'booking.service_name',
      'booking.starts_at',
      'booking.ends_at',
      'shop.slug as shop',
      'shop.timezone',
      'booking.price_amount',
      'booking.currency',
      'booking.notes',
      'booking.version',
      'booking.created_at',
      'booking.user_id',
      'user.name as user_name',
      'user.email as user_email',
      'booking.guest_name',
      'booking.guest_email',
      'booking.guest_phone',
    ])
    .select(sql<Exclude<BookingStatus, 'held'>>`booking.status`.as('status'))
    .where('booking.status', '<>', 'held');
}

type Row = Awaited<ReturnType<ReturnType<typeof bookings>['executeTakeFirstOrThrow']>>;

export function bookingOf(row: Row): Booking {
  const { timezone } = row;
  const start = formatInstant(row.starts_at.getTime(), timezone);
  return {
    id: row.id,
    shop: row.shop,
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

export function staffBookingOf(row: Row): StaffBooking {
  return { ...bookingOf(row), client: clientOf(row) };
}

function clientOf(row: Row): Client | null {
  const { user_id: userId, user_name, user_email: email, guest_name, guest_email, guest_phone: phone } = row;
  if (userId !== null && user_name !== null) return { userId, name: user_name, email, phone: null };
  if (guest_name === null) return null;
  return { userId: null, name: guest_name, email: guest_email, phone };
}

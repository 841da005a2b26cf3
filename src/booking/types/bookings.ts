import type { Transaction } from 'kysely';
import type { BookingStatus, Database } from '../../database/schema.ts';

/** When: `start` (RFC 3339), or `bookingDate` and `bookingTime` in `userTimezone` (without it the shop's). */
export interface When {
  readonly start?: string | undefined;
  readonly bookingDate?: string | undefined;
  readonly bookingTime?: string | undefined;
  readonly userTimezone?: string | undefined;
}

/** A write, and what belongs to it. */
export interface WriteOptions<T> {
  /** Runs in the transaction that writes, with what will be answered; if it throws, nothing is written. */
  readonly inTransaction?: ((trx: Transaction<Database>, value: T) => Promise<void>) | undefined;
}

/** What is to be booked. */
export interface Request extends When {
  readonly service: string;
  readonly shop?: string | undefined;
  readonly notes?: string | undefined;
  /** Without it the shop's assignment policy chooses. */
  readonly barberId?: number | undefined;
}

export interface CreateBookingOptions extends Request, WriteOptions<Booking> {
  readonly userId: number;
  /** Of a hold on the slot; the booking takes its place. */
  readonly holdToken?: string | undefined;
}

/** What of a request is there so far. */
export interface RequestParts extends Parts<Omit<Request, 'notes'> & Contact> {
  readonly notes?: string | null | undefined;
  /** When it is to be may be left out, or said in part. */
  readonly isPartial: boolean;
}

type Parts<T> = { readonly [field in keyof T]?: T[field] | undefined };

/** How somebody without an account can be reached. */
export interface Contact {
  readonly name: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export interface GuestBookingOptions extends Request, Contact, WriteOptions<GuestBooking> {
  readonly email: string;
  readonly holdToken?: string | undefined;
}

/** Made by staff: without `clientId` and `name` for somebody who walked in. */
export interface StaffBookingOptions extends Request, WriteOptions<StaffBooking> {
  readonly as: Staff;
  /** Account of the client. */
  readonly clientId?: number | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Who acts for the shop, for the history of bookings. */
export interface Staff {
  readonly role: 'barber' | 'admin';
  readonly userId: number;
}

export interface HoldOptions extends Request, WriteOptions<Hold> {
  /** Who holds, in any words that stay the same for one visitor: each may have two live holds. */
  readonly visitor: string;
}

export interface Hold {
  /** For `createBooking`, reads and `releaseHold`; nobody else can show it. */
  readonly holdToken: string;
  /** RFC 3339: the slot is free again from then on. */
  readonly expiresAt: string;
  readonly barberId: number;
  readonly start: string;
}

/**
 * Which booking, and who asks: an account, which finds its own bookings and those where it is staff; or whoever
 * has the token of this one booking. To everybody else it is not found.
 */
export interface BookingRef {
  readonly bookingId: number;
  readonly userId?: number | undefined;
  readonly manageToken?: string | undefined;
  /** Slug: a booking at another shop is not found then. */
  readonly shop?: string | undefined;
}

export interface UpdateBookingOptions extends BookingRef, WriteOptions<Booking> {
  readonly updateData: When & {
    readonly service?: string | undefined;
    readonly barberId?: number | undefined;
    readonly notes?: string | null | undefined;
  };
  /** Refuse with `version_conflict` unless the booking still has this version. */
  readonly ifVersion?: number | undefined;
}

export interface RescheduleBookingOptions extends BookingRef, When, WriteOptions<Booking> {
  readonly barberId?: number | undefined;
  readonly ifVersion?: number | undefined;
}

export interface StatusOptions extends BookingRef, WriteOptions<Booking> {}

export interface UserBookingsOptions {
  readonly userId: number;
  /** Slug of the only shop to look at; without it all of them. */
  readonly shop?: string | undefined;
  readonly status?: Exclude<BookingStatus, 'held'> | undefined;
  /** 1 to 200, 50 unless given. */
  readonly limit?: number | undefined;
  /** `nextCursor` of the page before. */
  readonly cursor?: number | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: number | null;
}

export interface Booking {
  readonly id: number;
  /** Slug. */
  readonly shop: string;
  readonly status: Exclude<BookingStatus, 'held'>;
  readonly barberId: number;
  readonly barberName: string;
  readonly service: string;
  /** RFC 3339 in the shop's zone, like `date`, `time` and `timezone`. */
  readonly start: string;
  readonly end: string;
  readonly date: string;
  readonly time: string;
  readonly timezone: string;
  readonly durationMinutes: number;
  /** Minor units and ISO 4217. */
  readonly price: { readonly amount: number; readonly currency: string };
  readonly notes: string | null;
  readonly version: number;
  readonly createdAt: string;
}

export interface GuestBooking extends Booking {
  /** Stands in for a login on this one booking. Shown once: only its hash is kept. */
  readonly manageToken: string;
}

/** A booking as staff sees it. */
export interface StaffBooking extends Booking {
  /** Null where nothing is known of the client: somebody who walked in, or whose account is gone. */
  readonly client: Client | null;
}

export interface Client {
  /** Null for a guest. */
  readonly userId: number | null;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** A client with the latest bookings, the newest first. */
export interface ClientHistory extends Client {
  /** All of them, of any status. */
  readonly bookingCount: number;
  readonly bookings: readonly Booking[];
}

export interface CalendarOptions {
  readonly shop?: string | undefined;
  /** First and last date at the shop, both included; at most 62 days. */
  readonly from: string;
  readonly to: string;
  readonly barberId?: number | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: number | undefined;
}

export interface ClientsOptions {
  readonly shop?: string | undefined;
  /** Part of a name, an address or a number. */
  readonly query: string;
  /** Only those who booked with this barber. */
  readonly barberId?: number | undefined;
  readonly limit?: number | undefined;
  /** How many to leave out: `nextCursor` of the page before. */
  readonly cursor?: number | undefined;
}

export interface BookingChange {
  readonly at: string;
  /** Who: an account, or `database` for SQL typed by hand. */
  readonly actor: { readonly role: string; readonly userId: number | null };
  readonly changes: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
}

import type { Reason } from '../calendar/slots.ts';
import type { BookingStatus } from '../database/schema.ts';

/** Why something was refused: stable codes for programs, the same as on the wire. */
export type FaultCode =
  | 'validation_failed'
  | 'unknown_service'
  | 'unknown_timezone'
  | 'outside_hours'
  | 'notice_too_short'
  | 'too_far_ahead'
  | 'nonexistent_local_time'
  | 'not_found'
  | 'slot_taken'
  | 'already_cancelled'
  | 'too_late_to_cancel'
  | 'version_conflict';

export type FaultField =
  | 'date'
  | 'from'
  | 'to'
  | 'time'
  | 'start'
  | 'timezone'
  | 'service'
  | 'barberId'
  | 'shop'
  | 'notes'
  | 'bookingId'
  | 'version';

export interface Fault {
  readonly code: FaultCode;
  /** What was at fault, where one input was. */
  readonly field?: FaultField;
  /** A sentence that says what to do. */
  readonly detail: string;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly faults: readonly [Fault, ...Fault[]];
}

/** Expected outcomes are values; only faults of the machinery (Postgres away) are thrown. */
export type Outcome<T> = { readonly kind: 'ok'; readonly value: T } | Refusal;

/** How a read was answered, for `Cache-Status` and `as_of`. */
export interface ReadReport {
  readonly status: 'hit' | 'miss' | 'bypass';
  /** Compared with Postgres before the answer. */
  readonly verified: boolean;
  /** Postgres is away: the answer is the last one known. */
  readonly degraded: boolean;
  /** Instant (epoch ms) at which the answer was last known to be exact. */
  readonly asOf: number;
}

/** Options that every availability read takes. */
export interface ReadOptions {
  /** Slug of the shop; without it the first shop. */
  readonly shop?: string | undefined;
  /** Name of a service; without it the shop's slot length is asked for. */
  readonly service?: string | undefined;
  /** IANA zone in which times are shown; without it the shop's. */
  readonly userTimezone?: string | undefined;
  /** A strong read: compared with Postgres, throws when it cannot be reached. */
  readonly exact?: boolean | undefined;
}

export interface SlotsOptions extends ReadOptions {
  /** Date at the shop, YYYY-MM-DD. */
  readonly targetDate: string;
  /** Look for the next free slot from that date on; true unless given. */
  readonly includeNextAvailable?: boolean | undefined;
}

export interface BarberSlotsOptions extends SlotsOptions {
  readonly barberId: number;
}

export interface NextSlotOptions extends ReadOptions {
  /** First date at the shop to look at; without it today. */
  readonly from?: string | undefined;
  readonly barberId?: number | undefined;
}

export interface DaysOptions extends ReadOptions {
  /** First and last date at the shop, both included; at most 62 days. */
  readonly from: string;
  readonly to: string;
  readonly barberId?: number | undefined;
}

export interface Slot {
  /** HH:MM in the user's zone, like the offset of `start` (RFC 3339). */
  readonly time: string;
  readonly start: string;
  readonly available: boolean;
  readonly isNextAvailable: boolean;
  /** Who is free then; absent when nobody is. */
  readonly barberIds?: readonly number[];
  /** Why nobody is free: that of the barber nearest to free. */
  readonly reason?: Reason;
}

export interface NextSlot {
  /** Date and time in the user's zone. */
  readonly date: string;
  readonly time: string;
  readonly datetime: string;
  readonly barberId: number;
}

export interface AvailableSlots {
  readonly date: string;
  readonly timezone: string;
  readonly userTimezone: string;
  readonly barberId?: number;
  readonly barberName?: string;
  /** The shop's wall clock; null on a closed day. */
  readonly businessHours: { readonly start: string; readonly end: string } | null;
  readonly slotDurationMinutes: number;
  readonly slots: readonly Slot[];
  /** Null when nothing is free up to the horizon; absent when not asked for. */
  readonly nextAvailable?: NextSlot | null;
  readonly read: ReadReport;
}

export interface AvailableDay {
  readonly date: string;
  readonly freeSlots: number;
  /** HH:MM at the shop; null when nothing is free. */
  readonly firstFree: string | null;
  /** Whether anybody asked for works at all on that day. */
  readonly open: boolean;
}

export interface AvailableDays {
  readonly days: readonly AvailableDay[];
  readonly read: ReadReport;
}

export interface NextAvailable {
  readonly nextAvailable: NextSlot | null;
  readonly read: ReadReport;
}

/** When: `start` (RFC 3339), or `bookingDate` and `bookingTime` in `userTimezone` (without it the shop's). */
export interface When {
  readonly start?: string | undefined;
  readonly bookingDate?: string | undefined;
  readonly bookingTime?: string | undefined;
  readonly userTimezone?: string | undefined;
}

export interface CreateBookingOptions extends When {
  readonly userId: number;
  readonly service: string;
  readonly shop?: string | undefined;
  readonly notes?: string | undefined;
  /** Without it the shop's assignment policy chooses. */
  readonly barberId?: number | undefined;
}

export interface BookingRef {
  readonly bookingId: number;
  readonly userId: number;
  /** Slug: a booking at another shop is not found then. */
  readonly shop?: string | undefined;
}

export interface UpdateBookingOptions extends BookingRef {
  readonly updateData: When & {
    readonly service?: string | undefined;
    readonly barberId?: number | undefined;
    readonly notes?: string | null | undefined;
  };
  /** Refuse with `version_conflict` unless the booking still has this version. */
  readonly ifVersion?: number | undefined;
}

export interface RescheduleBookingOptions extends BookingRef, When {
  readonly barberId?: number | undefined;
  readonly ifVersion?: number | undefined;
}

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

export interface BookingChange {
  readonly at: string;
  /** Who: an account, or `database` for SQL typed by hand. */
  readonly actor: { readonly role: string; readonly userId: number | null };
  readonly changes: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
}

/** What can be asked of a booking service. */
export interface BookingMethods {
  getAvailableSlots(options: SlotsOptions): Promise<Outcome<AvailableSlots>>;
  getAvailableSlotsWithBarberAvailability(options: BarberSlotsOptions): Promise<Outcome<AvailableSlots>>;
  getAvailableDays(options: DaysOptions): Promise<Outcome<AvailableDays>>;
  getNextAvailableSlot(options: NextSlotOptions): Promise<Outcome<NextAvailable>>;
  createBooking(options: CreateBookingOptions): Promise<Outcome<Booking>>;
  updateBooking(options: UpdateBookingOptions): Promise<Outcome<Booking>>;
  rescheduleBooking(options: RescheduleBookingOptions): Promise<Outcome<Booking>>;
  cancelBooking(options: BookingRef): Promise<Outcome<Booking>>;
  getBookingById(options: BookingRef): Promise<Outcome<Booking>>;
  getUserBookings(options: UserBookingsOptions): Promise<Page<Booking>>;
  getBookingHistory(options: BookingRef): Promise<Outcome<readonly BookingChange[]>>;
}

/** The booking service, with a cache in front or without: the same methods, the same answers. */
export interface BookingService extends BookingMethods {
  /** Ends the connections that the service opened itself. */
  close(): Promise<void>;
}

import type { Reason } from '../../calendar/slots.ts';

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
  /** Of a hold: to its holder the slot counts as free. */
  readonly holdToken?: string | undefined;
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

export interface BatchItem {
  readonly barberId?: number | undefined;
  readonly service: string;
  /** RFC 3339. */
  readonly start: string;
}

export interface BatchOptions extends Pick<ReadOptions, 'shop' | 'exact' | 'holdToken'> {
  /** At most 100. */
  readonly items: readonly BatchItem[];
}

/** That of a slot; or it lies outside working time, or starts between two slots. */
export type BatchReason = Reason | 'outside_hours' | 'unaligned';

export interface BatchAvailability {
  readonly results: readonly {
    readonly available: boolean;
    readonly reason?: BatchReason;
  }[];
  readonly read: ReadReport;
}

import type { LocalRange, Period } from '../calendar/working-time.ts';
import type { AssignmentPolicy } from '../database/schema.ts';

export interface WeeklyPeriod extends Period {
  /** ISO weekday, 1 = Monday. */
  readonly weekday: number;
}

export interface Service {
  readonly id: number;
  readonly name: string;
  /** Minutes, like the buffers around it. */
  readonly duration: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  /** Minor units of the shop's currency. */
  readonly price: number;
  readonly active: boolean;
}

/** What a barber offers; null means the service's own duration or price. */
export interface Offer {
  readonly serviceId: number;
  readonly duration: number | null;
  readonly price: number | null;
}

export interface Barber {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly offers: readonly Offer[];
}

/** What a shop's administrators decide about it as a whole. */
export interface ShopSettings {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  readonly currency: string;
  readonly slotMinutes: number;
  readonly noticeMinutes: number;
  readonly horizonDays: number;
  /** Wall minute of the shop's day from which today can no longer be booked. */
  readonly sameDayCutoff: number | null;
  readonly cancellationNoticeMinutes: number;
  readonly holdMinutes: number;
  /** How a barber is chosen when the client takes anybody. */
  readonly assignmentPolicy: AssignmentPolicy;
  readonly openingHours: readonly WeeklyPeriod[];
}

/** Everything about a shop that decides what can be booked, but for the barbers' own hours. */
export interface ShopRules extends ShopSettings {
  readonly closures: readonly LocalRange[];
  readonly services: readonly Service[];
  readonly barbers: readonly Barber[];
}

/** Ids of those who have not retired. */
export function activeBarberIds({ barbers }: Pick<ShopRules, 'barbers'>): number[] {
  return barbers.filter(({ active }) => active).map(({ id }) => id);
}

/** A barber's own hours: the week, the dates that replace it (no periods: a day off), and time off. */
export interface BarberSchedule {
  readonly barberId: number;
  readonly weeklyHours: readonly WeeklyPeriod[];
  readonly overrides: readonly { readonly date: string; readonly periods: readonly Period[] }[];
  readonly timeOff: readonly LocalRange[];
}

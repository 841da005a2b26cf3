import { createShop } from '../../support/shop.ts';
import { createCalendar, daysBetween, todayIn } from './calendar.ts';
import type { Servers } from './servers.ts';
import type { Period, Shop, Week } from './shop.ts';
import { horizonOf } from './steps/administration.ts';
import { wireWeek } from './steps/week.ts';

const DAYS = 4;
const MONTH = 25;
const SERVICES = { Cut: [30], Colour: [60, 10, 20] } as const;
const BARBERS = ['Ana', 'Bea'];

export interface Scene {
  /** The first date that is compared. */
  readonly first: string;
  /** The first is what everybody works at the start. */
  readonly shifts: readonly (readonly Period[])[];
}

const shift = (opens: number, closes: number): Period => ({ opens: opens * 60, closes: closes * 60 });

export const DAY_SHIFTS = [
  [shift(10, 15)],
  [shift(9, 12), shift(13, 16)],
  [shift(11.25, 14)],
  [],
  [shift(18, 26)],
  [shift(20, 24)],
];
/** Over the hours at which clocks change. */
export const NIGHT_SHIFTS = [
  [shift(22, 28)],
  [shift(0.5, 5)],
  [shift(1, 2), shift(2.5, 4)],
  [],
  [shift(20, 24)],
  [shift(23, 26)],
];

/** A fresh shop in the database, and its model. */
export async function createModelShop(
  servers: Servers,
  zone: string,
  { first, shifts }: Scene,
): Promise<Shop> {
  const { db } = servers.database;
  // Each visitor may hold two slots, at whatever shop.
  await db.deleteFrom('booking').where('status', '=', 'held').execute();
  const calendar = createCalendar(zone, first, DAYS);
  const today = todayIn(zone).date;
  const [usual = []] = shifts;
  const week: Week = [[], ...Array.from({ length: 7 }, () => usual)];
  const lastDay = DAYS - 1;
  const model = { calendar, today, lastDay, shifts, isNear: daysBetween(today, first) < MONTH };
  const made = await createShop(db, {
    timezone: zone,
    hours: wireWeek(week),
    barbers: BARBERS,
    services: SERVICES,
    settings: { horizon_days: horizonOf(model) },
  });
  const { id, slug, barberIds, serviceIds } = made;
  const services = Object.entries(SERVICES).map(([name, [duration, before = 0, after = 0]]) => ({
    ...{ id: serviceIds[name] ?? 0, name, duration, before, after },
    active: true,
  }));
  return {
    ...model,
    id,
    slug,
    slotMinutes: 30,
    noticed: false,
    cancellationNoticed: false,
    policy: 'fewest_minutes',
    openingHours: week,
    closures: [],
    services,
    barbers: barberIds.map((barberId) => ({
      id: barberId,
      active: true,
      week,
      overrides: new Map(),
      timeOff: [],
      offers: new Map(services.map(({ name }) => [name, null])),
    })),
    bookings: [],
    holds: [],
    made: 0,
    steps: 0,
  };
}

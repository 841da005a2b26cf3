import { type Kysely, sql, type Transaction } from 'kysely';
import { isUniqueViolation } from '../database/errors.ts';
import type { Database } from '../database/schema.ts';
import { OPENING_HOURS, planBarber, SERVICES, type SeedSize, SLOT_MINUTES, TIMEZONE } from './plan.ts';
import { insertBarbers, insertBookings, insertServices, insertShop, type NewBooking } from './statements.ts';

export interface SeedOptions extends SeedSize {
  readonly slug: string;
  readonly name: string;
}

export interface SeededShop {
  readonly shopId: number;
  readonly bookings: number;
}

export type Seeded = ({ readonly kind: 'seeded' } & SeededShop) | { readonly kind: 'slug_taken' };

/** Days ahead that can be booked, unless the seed reaches further. */
const HORIZON_DAYS = 90;

/**
 * Makes a barbershop in New York of this size, whole or not at all. The same options make the same rows, but for
 * ids and the time at which they were made.
 */
export async function seedShop(db: Kysely<Database>, options: SeedOptions): Promise<Seeded> {
  try {
    return { kind: 'seeded', ...(await db.transaction().execute((trx) => seedWithin(trx, options))) };
  } catch (error) {
    if (isUniqueViolation(error, 'shop_slug_key')) return { kind: 'slug_taken' };
    throw error;
  }
}

/** The same in a transaction of the caller's; rejects with a unique violation where the slug is taken. */
export async function seedWithin(trx: Transaction<Database>, options: SeedOptions): Promise<SeededShop> {
  const { slug, name, ...size } = options;
  await sql`select set_config('freshchair.actor', 'seed', true)`.execute(trx);
  const shop = {
    slug,
    name,
    timezone: TIMEZONE,
    slotMinutes: SLOT_MINUTES,
    horizonDays: Math.max(HORIZON_DAYS, size.days),
  };
  const shopId = await insertShop(trx, shop, OPENING_HOURS);
  const serviceIds = await insertServices(trx, shopId, SERVICES);
  const barbers = Array.from({ length: size.barbers }, (_, n) => planBarber(n, size));
  const barberIds = await insertBarbers(trx, shopId, barbers);
  const bookings: NewBooking[] = barbers.flatMap((barber) =>
    barber.bookings.map((booking) => ({
      ...booking,
      barberId: idOf(barberIds, barber.name),
      serviceId: idOf(serviceIds, booking.service.name),
    })),
  );
  await insertBookings(trx, shopId, bookings);
  return { shopId, bookings: bookings.length };
}

function idOf(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`"${name}" was not inserted`);
  return id;
}

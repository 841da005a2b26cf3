import { type Kysely, sql } from 'kysely';
import { rulesOfShop, type ShopSource } from '../../availability/source.ts';
import { addDays, localDay } from '../../calendar/time.ts';
import type { Database } from '../../database/schema.ts';
import { type Fault, NO_SHOP, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { bookings, pageLimit, pageOf, staffBookingOf } from '../queries.ts';
import { checkRange } from '../request.ts';
import type { CalendarOptions, Page, StaffBooking } from '../types/bookings.ts';

/** What begins within a range of dates, the earliest first. */
export async function selectCalendar(
  db: Kysely<Database>,
  shops: ShopSource,
  options: CalendarOptions,
): Promise<Outcome<Page<StaffBooking>>> {
  const { from, to, barberId, cursor } = options;
  const rules = await rulesOfShop(shops, options.shop);
  if (rules === undefined) return refuse(NO_SHOP);
  const faults: Fault[] = [];
  checkRange(from, to, faults);
  if (barberId !== undefined && !rules.barbers.some(({ id }) => id === barberId)) {
    faults.push({ code: 'not_found', field: 'barberId', detail: 'There is no such barber at this shop.' });
  }
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;

  const limit = pageLimit(options.limit);
  let query = bookings(db)
    .where('booking.shop_id', '=', rules.id)
    .where('booking.starts_at', '>=', new Date(localDay(rules.timezone, from).startsAt))
    .where('booking.starts_at', '<', new Date(localDay(rules.timezone, addDays(to, 1)).startsAt));
  if (barberId !== undefined) query = query.where('booking.barber_id', '=', barberId);
  if (cursor !== undefined && cursor > 0) {
    query = query.where(
      sql<boolean>`(booking.starts_at, booking.id) > (
        select starts_at, id from booking where id = ${cursor} and shop_id = ${rules.id}
          and (${barberId ?? null}::integer is null or barber_id = ${barberId ?? null}))`,
    );
  }
  const rows = await query
    .orderBy('booking.starts_at')
    .orderBy('booking.id')
    .limit(limit + 1)
    .execute();
  return ok(pageOf(rows.map(staffBookingOf), limit));
}

import { type Kysely, sql } from 'kysely';
import type { ShopSource } from '../../availability/source.ts';
import type { Database } from '../../database/schema.ts';
import { NO_SHOP, type Outcome, ok, refuse } from '../../outcome.ts';
import { bookingOf, bookings, pageLimit } from '../queries.ts';
import type { Client, ClientHistory, ClientsOptions, Page } from '../types/bookings.ts';

/** The latest bookings that are listed of each client. */
const HISTORY = 20;

interface Row extends Client {
  readonly bookingCount: number;
  /** The latest first. */
  readonly bookingIds: readonly number[];
}

/**
 * The shop's clients whose name, address or number contains the text, those who booked last first. Guests are
 * told apart by their address, else by their number, else by their name.
 */
export async function findClients(
  db: Kysely<Database>,
  shops: ShopSource,
  { shop, query, barberId, limit, cursor = 0 }: ClientsOptions,
): Promise<Outcome<Page<ClientHistory>>> {
  const shopId = await shops.find(shop);
  if (shopId === undefined) return refuse(NO_SHOP);
  const size = pageLimit(limit);
  const pattern = `%${query.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Row>`
    with visit as (
      select booking.id, booking.user_id, booking.guest_phone,
        coalesce(account.name, guest_name) as name, coalesce(account.email, guest_email) as email,
        coalesce('account ' || booking.user_id, 'email ' || lower(guest_email), 'phone ' || guest_phone,
          'name ' || lower(guest_name)) as client
      from booking left join "user" as account on account.id = booking.user_id
      where shop_id = ${shopId} and status <> 'held'
        and (${barberId ?? null}::integer is null or barber_id = ${barberId ?? null})
        and (booking.user_id is not null or guest_name is not null)
    )
    select (array_agg(user_id))[1] as "userId", (array_agg(name order by id desc))[1] as name,
      (array_agg(email order by id desc))[1] as email,
      (array_agg(guest_phone order by id desc) filter (where guest_phone is not null))[1] as phone,
      count(*)::integer as "bookingCount", (array_agg(id order by id desc))[:${HISTORY}] as "bookingIds"
    from visit
    group by client
    having bool_or(name ilike ${pattern} or email ilike ${pattern} or guest_phone ilike ${pattern})
    order by max(id) desc
    limit ${size + 1} offset ${cursor}`.execute(db);
  const items = await withHistory(db, rows.slice(0, size));
  return ok({ items, nextCursor: rows.length > size ? cursor + size : null });
}

async function withHistory(db: Kysely<Database>, rows: readonly Row[]): Promise<ClientHistory[]> {
  const ids = rows.flatMap(({ bookingIds }) => bookingIds);
  const found = ids.length === 0 ? [] : await bookings(db).where('booking.id', 'in', ids).execute();
  const byId = new Map(found.map((row) => [row.id, bookingOf(row)]));
  return rows.map(({ bookingIds, ...client }) => ({
    ...client,
    bookings: bookingIds.flatMap((id) => byId.get(id) ?? []),
  }));
}

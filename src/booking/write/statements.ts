import { type Insertable, sql, type Transaction, type UpdateObject } from 'kysely';
import type { BookingStatus, Database } from '../../database/schema.ts';
import type { Service, ShopRules } from '../../shop/rules.ts';
import { hashOf } from '../../token.ts';
import { type Standing, standing } from '../queries.ts';
import type { Candidate } from '../request.ts';
import type { BookingRef } from '../types/bookings.ts';

type Trx = Transaction<Database>;
type BookingRow = Insertable<Database['booking']>;

/** Who acts, for the history of the booking. */
export interface Actor {
  readonly role: Standing;
  /** None for a guest. */
  readonly userId?: number | undefined;
}

/** Names who acts, until the transaction ends. */
export async function actAs(trx: Trx, { role, userId }: Actor): Promise<void> {
  const actor = userId === undefined ? role : `${role}:${userId}`;
  await sql`select set_config('freshchair.actor', ${actor}, true)`.execute(trx);
}

/**
 * Locks the barbers, in order, and then the shop, against changes of their rules; the barbers also against
 * each other's bookings, so that bookings of one barber queue here instead of deadlocking at the constraint.
 */
export async function lockForBooking(trx: Trx, shopId: number, barberIds: readonly number[]): Promise<void> {
  await trx
    .selectFrom('barber')
    .select('id')
    .where('id', 'in', barberIds)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  await trx.selectFrom('shop').select('id').where('id', '=', shopId).forShare().execute();
}

/** Holds that ran out stand in nobody's way, but in the constraint's until they are deleted. */
export async function deleteLapsedHolds(trx: Trx, barberId: number, occupied: Occupied): Promise<void> {
  await sql`delete from booking
    where barber_id = ${barberId} and occupied && ${range(occupied)} and status = 'held'
      and lapses_at <= statement_timestamp()`.execute(trx);
}

/** Service time and the time around it that it keeps free, in epoch ms. */
export interface Occupied {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly from: number;
  readonly to: number;
}

export function occupiedBy(
  startsAt: number,
  { duration, bufferBefore, bufferAfter }: Candidate['time'],
): Occupied {
  const endsAt = startsAt + duration * 60_000;
  return { startsAt, endsAt, from: startsAt - bufferBefore * 60_000, to: endsAt + bufferAfter * 60_000 };
}

/** For whom the time is kept: columns of the booking. */
export type Party = Pick<BookingRow, 'user_id' | 'guest_name' | 'guest_email' | 'guest_phone' | 'notes'> &
  ({ status: 'confirmed'; manage_token_hash?: Buffer } | HeldBy);

interface HeldBy {
  status: 'held';
  held_by: string;
  hold_token_hash: Buffer;
}

/** Stores a booking, or a hold for the shop's `holdMinutes`; gives its id, or 23P01 where it would overlap. */
export async function insertBooking(
  trx: Trx,
  rules: ShopRules,
  { barber, price }: Candidate,
  service: Service,
  occupied: Occupied,
  party: Party,
): Promise<number> {
  const lapsesAt = sql<Date>`date_trunc('milliseconds', statement_timestamp())
    + make_interval(mins => ${rules.holdMinutes})`;
  const { id } = await trx
    .insertInto('booking')
    .values({
      shop_id: rules.id,
      barber_id: barber.id,
      service_id: service.id,
      service_name: service.name,
      starts_at: new Date(occupied.startsAt),
      ends_at: new Date(occupied.endsAt),
      occupied: range(occupied),
      price_amount: price,
      currency: rules.currency,
      ...party,
      lapses_at: party.status === 'held' ? lapsesAt : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface MovedTo {
  readonly barberId: number;
  readonly serviceId: number;
  readonly serviceName: string;
  readonly price: number;
  readonly occupied: Occupied;
}

/** Moves a booking; 23P01 where it would overlap another. */
export function moveBooking(trx: Trx, id: number, to: MovedTo, notes: string | null): Promise<void> {
  return changeBooking(trx, id, {
    barber_id: to.barberId,
    service_id: to.serviceId,
    service_name: to.serviceName,
    price_amount: to.price,
    starts_at: new Date(to.occupied.startsAt),
    ends_at: new Date(to.occupied.endsAt),
    occupied: range(to.occupied),
    notes,
  });
}

/** Changes a booking and counts up its version. */
export async function changeBooking(
  trx: Trx,
  id: number,
  values: Omit<UpdateObject<Database, 'booking'>, 'version' | 'updated_at'>,
): Promise<void> {
  await trx
    .updateTable('booking')
    .set(values)
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: sql<Date>`statement_timestamp()` }))
    .where('id', '=', id)
    .execute();
}

export interface LockedBooking extends Occupied {
  readonly id: number;
  readonly shopId: number;
  readonly barberId: number;
  readonly serviceId: number;
  readonly serviceName: string;
  readonly status: Exclude<BookingStatus, 'held'>;
  readonly price: number;
  readonly notes: string | null;
  readonly version: number;
  readonly standing: Standing;
}

/** A booking that whoever asks has to do with, locked for a change; undefined where there is none. */
export async function lockBooking(trx: Trx, ref: BookingRef): Promise<LockedBooking | undefined> {
  const shop = ref.shop ?? null;
  const { rows } = await sql<LockedBooking>`
    select id, shop_id as "shopId", barber_id as "barberId", service_id as "serviceId",
      service_name as "serviceName", status, price_amount as price, notes, version,
      ${standing(ref)} as standing,
      (extract(epoch from starts_at) * 1000)::float8 as "startsAt",
      (extract(epoch from ends_at) * 1000)::float8 as "endsAt",
      (extract(epoch from lower(occupied)) * 1000)::float8 as "from",
      (extract(epoch from upper(occupied)) * 1000)::float8 as "to"
    from booking where id = ${ref.bookingId} and status <> 'held' and ${standing(ref)} is not null
      and (${shop}::text is null or shop_id = (select id from shop where slug = ${shop}))
    for update of booking`.execute(trx);
  return rows[0];
}

/** Takes a hold away, live or not; whether there was one. */
export async function deleteHold(trx: Trx, holdToken: string): Promise<boolean> {
  const { rows } = await sql<{ live: boolean }>`
    delete from booking where hold_token_hash = ${hashOf(holdToken)} and status = 'held'
    returning lapses_at > statement_timestamp() as live`.execute(trx);
  return rows[0]?.live ?? false;
}

function range({ from, to }: Occupied) {
  return sql<string>`tstzrange(${new Date(from)}, ${new Date(to)})`;
}

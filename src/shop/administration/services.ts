import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { readName } from '../names.ts';
import type { Service } from '../rules.ts';
import { lockShop } from './shops.ts';

/** A service as administrators see it, retired ones too. */
export interface OfferedService extends Service {
  /** ISO 4217, the shop's. */
  readonly currency: string;
  /** Who offers it, in the order of their ids. */
  readonly barberIds: readonly number[];
}

/** What can be changed of a service; what is left out stays as it is. Within the limits of the table. */
export interface ServiceChange {
  readonly name?: string | undefined;
  readonly durationMinutes?: number | undefined;
  readonly bufferBeforeMinutes?: number | undefined;
  readonly bufferAfterMinutes?: number | undefined;
  /** Minor units; a currency other than the shop's is at fault. */
  readonly price?: { readonly amount: number; readonly currency?: string | undefined } | undefined;
  /** `false` retires it: it can no longer be booked, and stays on bookings. */
  readonly active?: boolean | undefined;
  /** Everybody who offers it; whoever did before keeps the own duration and price. */
  readonly barberIds?: readonly number[] | undefined;
}

export interface NewService extends ServiceChange {
  readonly name: string;
  readonly durationMinutes: number;
  readonly price: { readonly amount: number; readonly currency?: string | undefined };
}

const NO_SERVICE: Fault = { code: 'not_found', field: 'id', detail: 'There is no such service.' };

/** Services of the shop by id; one more than `limit` where there are more. */
export function selectServices(
  db: Kysely<Database>,
  shopId: number,
  { limit, after }: { readonly limit: number; readonly after: number },
): Promise<OfferedService[]> {
  return selectWhere(db, shopId, sql`service.id > ${after}`, limit + 1);
}

async function selectWhere(
  db: Kysely<Database>,
  shopId: number,
  which: RawBuilder<unknown>,
  limit: number,
): Promise<OfferedService[]> {
  const { rows } = await sql<OfferedService>`
    select service.id, service.name, duration_minutes as duration, buffer_before_minutes as "bufferBefore",
      buffer_after_minutes as "bufferAfter", price_amount as price, currency, active,
      array(select barber_id from barber_service where service_id = service.id order by barber_id) as "barberIds"
    from service join shop on shop.id = service.shop_id
    where shop_id = ${shopId} and ${which}
    order by service.id limit ${limit}`.execute(db);
  return rows;
}

/** Adds a service, offered by every active barber unless it says by whom. */
export async function createService(
  trx: Transaction<Database>,
  shopId: number,
  service: NewService,
): Promise<Outcome<OfferedService>> {
  // Names and barbers stay as they are found.
  await lockShop(trx, shopId);
  const { columns, refusal } = await readChange(trx, { shopId, id: null }, service);
  if (refusal !== undefined) return refusal;
  const { id } = await trx
    .insertInto('service')
    .values({
      ...columns,
      shop_id: shopId,
      name: service.name.trim(),
      duration_minutes: service.durationMinutes,
      price_amount: service.price.amount,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertOffers(trx, shopId, id, service.barberIds);
  return selectService(trx, shopId, id);
}

/** Changes a service of the shop. Bookings keep the name, time and price that they were made with. */
export async function changeService(
  trx: Transaction<Database>,
  shopId: number,
  id: number,
  change: ServiceChange,
): Promise<Outcome<OfferedService>> {
  await lockShop(trx, shopId);
  const existing = await selectService(trx, shopId, id);
  if (existing.kind === 'refused') return existing;
  const { columns, refusal } = await readChange(trx, { shopId, id }, change);
  if (refusal !== undefined) return refusal;
  if (Object.values(columns).some((value) => value !== undefined))
    await trx.updateTable('service').set(columns).where('id', '=', id).execute();
  if (change.barberIds !== undefined) {
    await sql`delete from barber_service
      where service_id = ${id} and barber_id <> all (${[...change.barberIds]}::integer[])`.execute(trx);
    await insertOffers(trx, shopId, id, change.barberIds);
  }
  return selectService(trx, shopId, id);
}

/** The columns that change; all that is wrong with them, in a refusal. */
async function readChange(
  trx: Transaction<Database>,
  { shopId, id }: { readonly shopId: number; readonly id: number | null },
  change: ServiceChange,
) {
  const faults: Fault[] = [];
  const { price, barberIds = [] } = change;
  if (Object.values(change).every((value) => value === undefined))
    faults.push({
      code: 'validation_failed',
      detail: 'Say what to change: at least one field of the service.',
    });
  const name = change.name === undefined ? undefined : readName(change.name, faults);
  const found = await selectSurroundings(trx, shopId, { id, name: name ?? null, barberIds });
  if (found.namesake !== null) faults.push(taken(found.namesake));
  if (price?.currency !== undefined && price.currency !== found.currency) {
    const detail = `Prices of this shop are in ${found.currency}.`;
    faults.push({ code: 'validation_failed', field: 'price/currency', detail });
  }
  for (const [i, barberId] of barberIds.entries()) {
    if (found.barberIds.includes(barberId)) continue;
    const detail = `There is no barber ${barberId} at this shop.`;
    faults.push({ code: 'not_found', field: `barberIds/${i}`, detail });
  }
  const columns = {
    name,
    duration_minutes: change.durationMinutes,
    buffer_before_minutes: change.bufferBeforeMinutes,
    buffer_after_minutes: change.bufferAfterMinutes,
    price_amount: price?.amount,
    active: change.active,
  };
  return { columns, refusal: refusalOf(faults) };
}

interface Surroundings {
  readonly currency: string;
  /** Another service of the same name, in any spelling of upper and lower case. */
  readonly namesake: { readonly name: string; readonly active: boolean } | null;
  /** Those asked for who are there. */
  readonly barberIds: readonly number[];
}

async function selectSurroundings(
  trx: Transaction<Database>,
  shopId: number,
  { id, name, barberIds }: { id: number | null; name: string | null; barberIds: readonly number[] },
): Promise<Surroundings> {
  const { rows } = await sql<Surroundings>`
    select currency,
      (select json_build_object('name', name, 'active', active) from service
        where shop_id = shop.id and lower(name) = lower(${name}) and id is distinct from ${id}::integer) as namesake,
      array(select id from barber where shop_id = shop.id and id = any (${[...barberIds]}::integer[])) as "barberIds"
    from shop where id = ${shopId}`.execute(trx);
  const [found] = rows;
  if (found === undefined) throw new Error(`Shop ${shopId} is gone`);
  return found;
}

function taken({ name, active }: { readonly name: string; readonly active: boolean }): Fault {
  const detail = active
    ? `There is a service "${name}" already. Choose another name.`
    : `There is a retired service "${name}". Bring it back, or choose another name.`;
  return { code: 'validation_failed', field: 'name', detail };
}

/** Without barbers every active one; who offers it already is left as is. */
async function insertOffers(
  trx: Transaction<Database>,
  shopId: number,
  serviceId: number,
  barberIds: readonly number[] | undefined,
): Promise<void> {
  const asked = barberIds === undefined ? null : [...barberIds];
  await sql`
    insert into barber_service (shop_id, barber_id, service_id)
    select ${shopId}, id, ${serviceId} from barber
    where shop_id = ${shopId}
      and case when ${asked}::integer[] is null then active else id = any (${asked}) end
    order by id
    on conflict do nothing`.execute(trx);
}

async function selectService(
  trx: Transaction<Database>,
  shopId: number,
  id: number,
): Promise<Outcome<OfferedService>> {
  const [service] = await selectWhere(trx, shopId, sql`service.id = ${id}`, 1);
  return service === undefined ? refuse(NO_SERVICE) : ok(service);
}

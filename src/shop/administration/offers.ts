import { sql, type Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Fault } from '../../outcome.ts';
import type { Offer } from '../rules.ts';

type Trx = Transaction<Database>;

/** A service that a barber offers; without a duration (minutes) or price, for the service's own. */
export interface WrittenOffer {
  readonly serviceId: number;
  readonly duration?: number | null | undefined;
  /** Minor units; the currency may only be the shop's. */
  readonly price?: { readonly amount: number; readonly currency?: string | undefined } | null | undefined;
}

/** Faults go to `faults`, each at its place: `services/2/service_id`. */
export async function readOffers(
  trx: Trx,
  shopId: number,
  written: readonly WrittenOffer[],
  faults: Fault[],
): Promise<Offer[]> {
  const { rows } = await sql<{ currency: string; services: number[] }>`
    select currency, array(select id from service where shop_id = shop.id) as services
    from shop where id = ${shopId}`.execute(trx);
  const known = new Set(rows[0]?.services);
  const currency = rows[0]?.currency;
  const seen = new Set<number>();
  return written.map(({ serviceId, duration = null, price }, i) => {
    if (!known.has(serviceId))
      faults.push({
        code: 'unknown_service',
        field: `services/${i}/service_id`,
        detail: `There is no service ${serviceId} at this shop.`,
      });
    if (seen.has(serviceId))
      faults.push({
        code: 'validation_failed',
        field: `services/${i}/service_id`,
        detail: `The service ${serviceId} is listed twice.`,
      });
    seen.add(serviceId);
    if (price?.currency !== undefined && price.currency !== currency)
      faults.push({
        code: 'validation_failed',
        field: `services/${i}/price/currency`,
        detail: `Prices at this shop are in ${currency}.`,
      });
    return { serviceId, duration, price: price?.amount ?? null };
  });
}

export async function replaceOffers(
  trx: Trx,
  shopId: number,
  barberId: number,
  offers: readonly Offer[],
): Promise<void> {
  await sql`delete from barber_service where barber_id = ${barberId}`.execute(trx);
  await sql`
    insert into barber_service (shop_id, barber_id, service_id, duration_minutes, price_amount)
    select ${shopId}, ${barberId}, "serviceId", duration, price
    from json_to_recordset(${JSON.stringify(offers)}::json)
      as offer ("serviceId" int, duration int, price int)`.execute(trx);
}

/** All active services of the shop, as they are. */
export async function offerEverything(trx: Trx, shopId: number, barberId: number): Promise<void> {
  await sql`
    insert into barber_service (shop_id, barber_id, service_id)
    select shop_id, ${barberId}, id from service where shop_id = ${shopId} and active`.execute(trx);
}

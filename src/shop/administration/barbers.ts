import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { readName } from '../names.ts';
import type { Offer, WeeklyPeriod } from '../rules.ts';
import { readWeek, type WrittenWeekday } from '../week.ts';
import { openingHoursOf, replaceWeeklyHours } from './hours.ts';
import { offerEverything, readOffers, replaceOffers, type WrittenOffer } from './offers.ts';

type Trx = Transaction<Database>;

/** A barber as the administration sees it. */
export interface ManagedBarber {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  /** Also of services that are not offered any more. */
  readonly offers: readonly (Offer & { readonly name: string })[];
  /** Of the prices: the shop's. */
  readonly currency: string;
  readonly weeklyHours: readonly WeeklyPeriod[];
  /** Who signs in as this barber. */
  readonly account: { readonly userId: number; readonly name: string; readonly email: string } | null;
}

/** What is left out stays as it is. */
export interface BarberChange {
  readonly name?: string | undefined;
  readonly active?: boolean | undefined;
  /** Replace what is offered. */
  readonly services?: readonly WrittenOffer[] | undefined;
  /** Replace the week. */
  readonly weeklyHours?: readonly WrittenWeekday[] | undefined;
}

export interface NewBarber extends BarberChange {
  readonly name: string;
}

const NO_BARBER: Fault = {
  code: 'not_found',
  field: 'id',
  detail: 'There is no such barber at this shop.',
};

/** Barbers of the shop by id, retired ones too; one more than `limit` where there are more. */
export async function selectBarbers(
  db: Kysely<Database>,
  shopId: number,
  { limit, after }: { readonly limit: number; readonly after: number },
): Promise<ManagedBarber[]> {
  return selectWhere(db, shopId, sql`barber.id > ${after}`, limit + 1);
}

export async function findBarber(
  db: Kysely<Database>,
  shopId: number,
  barberId: number,
): Promise<Outcome<ManagedBarber>> {
  const [found] = await selectWhere(db, shopId, sql`barber.id = ${barberId}`, 1);
  return found === undefined ? refuse(NO_BARBER) : ok(found);
}

/** Takes the barber's row, so that changes of its hours and offers queue. */
export async function lockBarber(trx: Trx, shopId: number, barberId: number): Promise<Outcome<null>> {
  const { rows } = await sql`
    select from barber where shop_id = ${shopId} and id = ${barberId} for no key update`.execute(trx);
  return rows.length === 0 ? refuse(NO_BARBER) : ok(null);
}

/** Offers every active service in the shop's opening hours, unless said otherwise. Answers with the id. */
export async function addBarber(trx: Trx, shopId: number, written: NewBarber): Promise<Outcome<number>> {
  const faults: Fault[] = [];
  const read = await readBarber(trx, shopId, written, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  const { name = '', active = true, offers, week = await openingHoursOf(trx, shopId) } = read;
  const { rows } = await sql<{ id: number }>`
    insert into barber (shop_id, name, active) values (${shopId}, ${name}, ${active}) returning id`.execute(
    trx,
  );
  const [barber] = rows;
  if (barber === undefined) throw new Error('An inserted barber was not returned');
  if (offers === undefined) await offerEverything(trx, shopId, barber.id);
  else await replaceOffers(trx, shopId, barber.id, offers);
  await replaceWeeklyHours(trx, shopId, barber.id, week);
  return ok(barber.id);
}

/** Changes what is given. */
export async function changeBarber(
  trx: Trx,
  shopId: number,
  barberId: number,
  written: BarberChange,
): Promise<Outcome<null>> {
  const found = await lockBarber(trx, shopId, barberId);
  if (found.kind === 'refused') return found;
  const faults: Fault[] = [];
  const { name, active, offers, week } = await readBarber(trx, shopId, written, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  if (name !== undefined || active !== undefined)
    await sql`
      update barber
      set name = coalesce(${name ?? null}::text, name), active = coalesce(${active ?? null}::boolean, active)
      where id = ${barberId}`.execute(trx);
  if (offers !== undefined) await replaceOffers(trx, shopId, barberId, offers);
  if (week !== undefined) await replaceWeeklyHours(trx, shopId, barberId, week);
  return ok(null);
}

async function readBarber(
  trx: Trx,
  shopId: number,
  { name, active, services, weeklyHours }: BarberChange,
  faults: Fault[],
) {
  return {
    name: name === undefined ? undefined : readName(name, faults),
    active,
    week: weeklyHours === undefined ? undefined : readWeek(weeklyHours, 'weeklyHours', faults),
    offers: services === undefined ? undefined : await readOffers(trx, shopId, services, faults),
  };
}

async function selectWhere(
  db: Kysely<Database>,
  shopId: number,
  which: RawBuilder<unknown>,
  limit: number,
): Promise<ManagedBarber[]> {
  const { rows } = await sql<ManagedBarber>`
    select barber.id, barber.name, barber.active, shop.currency,
      coalesce((select json_agg(json_build_object('serviceId', service.id, 'name', service.name,
          'duration', offer.duration_minutes, 'price', offer.price_amount) order by service.id)
        from barber_service as offer join service on service.id = offer.service_id
        where offer.barber_id = barber.id), '[]') as offers,
      coalesce((select json_agg(json_build_object(
          'weekday', weekday, 'opens', lower(span), 'closes', upper(span)) order by weekday, lower(span))
        from weekly_hours where barber_id = barber.id), '[]') as "weeklyHours",
      case when person.id is not null then
        json_build_object('userId', person.id, 'name', person.name, 'email', person.email) end as account
    from barber join shop on shop.id = barber.shop_id left join "user" as person on person.id = barber.user_id
    where barber.shop_id = ${shopId} and ${which}
    order by barber.id
    limit ${limit}`.execute(db);
  return rows;
}

import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { isTime, isTimeZone } from '../../calendar/time.ts';
import type { AssignmentPolicy, Database } from '../../database/schema.ts';
import { type Fault, type Outcome, ok, refusalOf, refuse } from '../../outcome.ts';
import { isCurrency, isReserved, isSlug, readName } from '../names.ts';
import type { ShopSettings } from '../rules.ts';
import { readWeek, type WrittenWeekday, writtenPeriod } from '../week.ts';

/** What can be changed of a shop; what is left out stays as it is. Minutes and days within the limits of the table. */
export interface ShopChange {
  readonly name?: string | undefined;
  readonly timezone?: string | undefined;
  readonly slotMinutes?: number | undefined;
  readonly noticeMinutes?: number | undefined;
  readonly horizonDays?: number | undefined;
  /** 'HH:MM' at the shop; null for none. */
  readonly sameDayCutoff?: string | null | undefined;
  readonly cancellationNoticeMinutes?: number | undefined;
  readonly holdMinutes?: number | undefined;
  readonly assignmentPolicy?: AssignmentPolicy | undefined;
  /** Replaces the week. */
  readonly openingHours?: readonly WrittenWeekday[] | undefined;
}

export interface NewShop extends ShopChange {
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  /** ISO 4217; the table's default unless given. */
  readonly currency?: string | undefined;
}

/** These shops, or all, by id; one more than `limit` where there are more. */
export function selectShops(
  db: Kysely<Database>,
  ids: readonly number[] | undefined,
  { limit, after }: { readonly limit: number; readonly after: number },
): Promise<ShopSettings[]> {
  const which = ids === undefined ? sql`true` : sql`id = any (${ids}::integer[])`;
  return selectWhere(db, sql`id > ${after} and ${which}`, limit + 1);
}

/** Undefined where it is gone. */
export async function selectShop(db: Kysely<Database>, id: number): Promise<ShopSettings | undefined> {
  const [shop] = await selectWhere(db, sql`id = ${id}`, 1);
  return shop;
}

async function selectWhere(
  db: Kysely<Database>,
  which: RawBuilder<unknown>,
  limit: number,
): Promise<ShopSettings[]> {
  const { rows } = await sql<ShopSettings>`
    select id, slug, name, timezone, currency,
      slot_minutes as "slotMinutes", notice_minutes as "noticeMinutes", horizon_days as "horizonDays",
      (extract(epoch from same_day_cutoff) / 60)::int as "sameDayCutoff",
      cancellation_notice_minutes as "cancellationNoticeMinutes", hold_minutes as "holdMinutes",
      assignment_policy as "assignmentPolicy",
      coalesce((select json_agg(json_build_object(
          'weekday', weekday, 'opens', lower(span), 'closes', upper(span)) order by weekday, lower(span))
        from opening_hours where shop_id = shop.id), '[]') as "openingHours"
    from shop
    where ${which}
    order by id limit ${limit}`.execute(db);
  return rows;
}

/** Makes a shop; a slug that is taken is a fault like any other. */
export async function createShop(trx: Transaction<Database>, shop: NewShop): Promise<Outcome<ShopSettings>> {
  const faults: Fault[] = [];
  const { slug, currency } = shop;
  if (!isSlug(slug)) faults.push(fault('slug', 'Use a-z, 0-9 and single hyphens between them.'));
  else if (isReserved(slug))
    faults.push(fault('slug', `"/${slug}" is the address of something else. Choose another slug.`));
  else if (await isTaken(trx, slug)) faults.push(taken(slug));
  if (currency !== undefined && !isCurrency(currency))
    faults.push(fault('currency', `"${currency.slice(0, 20)}" is not an ISO 4217 code such as USD.`));
  const { openingHours = [], ...settings } = await readChange(trx, shop, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;

  const row = await trx
    .insertInto('shop')
    .values({ ...settings, slug, name: shop.name.trim(), timezone: shop.timezone, currency })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return refuse(taken(slug));
  await insertOpeningHours(trx, row.id, openingHours);
  return ok(await writtenShop(trx, row.id));
}

/** Changes a shop that is there. */
export async function changeShop(
  trx: Transaction<Database>,
  shopId: number,
  change: ShopChange,
): Promise<Outcome<ShopSettings>> {
  const faults: Fault[] = [];
  if (Object.values(change).every((value) => value === undefined))
    faults.push({ code: 'validation_failed', detail: 'Say what to change: at least one of the settings.' });
  const { openingHours, ...settings } = await readChange(trx, change, faults);
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;

  // Two who replace the week take turns.
  await lockShop(trx, shopId);
  if (Object.values(settings).some((value) => value !== undefined))
    await trx.updateTable('shop').set(settings).where('id', '=', shopId).execute();
  if (openingHours !== undefined) {
    await trx.deleteFrom('opening_hours').where('shop_id', '=', shopId).execute();
    await insertOpeningHours(trx, shopId, openingHours);
  }
  return ok(await writtenShop(trx, shopId));
}

/** Keeps everybody else who changes the shop's rules, or books there, waiting until the transaction ends. */
export async function lockShop(trx: Transaction<Database>, shopId: number): Promise<void> {
  await sql`select from shop where id = ${shopId} for no key update`.execute(trx);
}

/** The columns that change, and the week in the form of the table. */
async function readChange(trx: Transaction<Database>, change: ShopChange, faults: Fault[]) {
  const { name, timezone, sameDayCutoff, openingHours } = change;
  if (timezone !== undefined && !(isTimeZone(timezone) && (await isKnownToPostgres(trx, timezone))))
    faults.push({
      code: 'unknown_timezone',
      field: 'timezone',
      detail: `"${timezone.slice(0, 64)}" is not an IANA time zone. Use a name such as America/New_York.`,
    });
  if (typeof sameDayCutoff === 'string' && !isTime(sameDayCutoff))
    faults.push(fault('sameDayCutoff', 'Use HH:MM, from 00:00 to 23:59, or null for none.'));
  const week = openingHours && readWeek(openingHours, 'openingHours', faults);
  return {
    name: name === undefined ? undefined : readName(name, faults),
    timezone,
    slot_minutes: change.slotMinutes,
    notice_minutes: change.noticeMinutes,
    horizon_days: change.horizonDays,
    same_day_cutoff: sameDayCutoff,
    cancellation_notice_minutes: change.cancellationNoticeMinutes,
    hold_minutes: change.holdMinutes,
    assignment_policy: change.assignmentPolicy,
    openingHours: week?.map((period) => ({ weekday: period.weekday, ...writtenPeriod(period) })),
  };
}

async function insertOpeningHours(
  trx: Transaction<Database>,
  shopId: number,
  week: readonly WrittenWeekday[],
): Promise<void> {
  if (week.length === 0) return;
  const rows = week.map((period) => ({ shop_id: shopId, ...period }));
  await trx.insertInto('opening_hours').values(rows).execute();
}

async function writtenShop(trx: Transaction<Database>, id: number): Promise<ShopSettings> {
  const shop = await selectShop(trx, id);
  if (shop === undefined) throw new Error(`Shop ${id} is not there in its own transaction`);
  return shop;
}

/** Postgres and Node have time zone tables of their own. */
async function isKnownToPostgres(trx: Transaction<Database>, zone: string): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select is_timezone(${zone}) as known`.execute(trx);
  return rows[0]?.known === true;
}

async function isTaken(trx: Transaction<Database>, slug: string): Promise<boolean> {
  const row = await trx.selectFrom('shop').select('id').where('slug', '=', slug).executeTakeFirst();
  return row !== undefined;
}

function taken(slug: string): Fault {
  return fault('slug', `There is a shop "${slug}" already. Choose another slug.`);
}

function fault(field: string, detail: string): Fault {
  return { code: 'validation_failed', field, detail };
}

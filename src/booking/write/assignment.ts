import { type Kysely, sql } from 'kysely';
import { dateAt, localDay } from '../../calendar/time.ts';
import type { Database } from '../../database/schema.ts';
import type { ShopRules } from '../../shop/rules.ts';

/** A number for each barber who has one; the others count as 0. */
type Tally = ReadonlyMap<number, number>;

/**
 * The order in which free barbers are offered a booking that names none: fewest minutes booked that day;
 * round robin, who waited longest for a booking; or the client's usual barber
 * (a client with an account, `userId`), then fewest minutes. Then by id.
 */
export async function inOrderOfAssignment(
  db: Kysely<Database>,
  { timezone, assignmentPolicy }: ShopRules,
  barberIds: readonly number[],
  instant: number,
  userId: number | undefined,
): Promise<readonly number[]> {
  if (barberIds.length < 2) return barberIds;
  const day = localDay(timezone, dateAt(timezone, instant));
  const tallies = {
    fewest_minutes: () => [selectBookedMinutes(db, barberIds, day)],
    round_robin: () => [selectLastBookedAt(db, barberIds)],
    usual_barber: () => [
      ...(userId === undefined ? [] : [selectAbsences(db, barberIds, userId)]),
      selectBookedMinutes(db, barberIds, day),
    ],
  }[assignmentPolicy];
  const counted = await Promise.all(tallies());
  const differenceOf = (a: number, b: number) => {
    for (const tally of counted) {
      const difference = (tally.get(a) ?? 0) - (tally.get(b) ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  };
  return [...barberIds].sort(differenceOf);
}

/** Minutes of service that begin on the day. */
async function selectBookedMinutes(
  db: Kysely<Database>,
  barberIds: readonly number[],
  day: { readonly startsAt: number; readonly minutes: number },
): Promise<Tally> {
  const from = new Date(day.startsAt);
  const to = new Date(day.startsAt + day.minutes * 60_000);
  const rows = await db
    .selectFrom('booking')
    .select([
      'barber_id',
      sql<number>`(sum(extract(epoch from ends_at - starts_at)) / 60)::float8`.as('tally'),
    ])
    .where('barber_id', 'in', barberIds)
    .where(sql<boolean>`occupied && tstzrange(${from}, ${to})`)
    .where(sql<boolean>`starts_at >= ${from} and starts_at < ${to}`)
    .where('status', 'in', ['held', 'confirmed', 'completed'])
    .where(sql<boolean>`(lapses_at is null or lapses_at > statement_timestamp())`)
    .groupBy('barber_id')
    .execute();
  return tallyOf(rows);
}

/** Epoch ms at which each barber last got a booking. */
async function selectLastBookedAt(db: Kysely<Database>, barberIds: readonly number[]): Promise<Tally> {
  const { rows } = await sql<{ barber_id: number; tally: number }>`
    select asked.id as barber_id, (extract(epoch from (
      select max(created_at) from booking where barber_id = asked.id)) * 1000)::float8 as tally
    from unnest(${[...barberIds]}::integer[]) as asked (id)`.execute(db);
  return tallyOf(rows);
}

/** How often the client came to each barber, negated: the usual one comes first. */
async function selectAbsences(
  db: Kysely<Database>,
  barberIds: readonly number[],
  userId: number,
): Promise<Tally> {
  const rows = await db
    .selectFrom('booking')
    .select(['barber_id', sql<number>`-count(*)::float8`.as('tally')])
    .where('user_id', '=', userId)
    .where('barber_id', 'in', barberIds)
    .where('status', 'in', ['confirmed', 'completed'])
    .groupBy('barber_id')
    .execute();
  return tallyOf(rows);
}

function tallyOf(rows: readonly { barber_id: number; tally: number | null }[]): Tally {
  return new Map(rows.map(({ barber_id, tally }) => [barber_id, tally ?? 0]));
}

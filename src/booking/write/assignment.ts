import { type Kysely, sql } from 'kysely';
import type { AssignmentPolicy, Database } from '../../database/schema.ts';

/**
 * The order in which free barbers are offered a booking that names none: fewest minutes booked that day;
 * round robin, who waited longest for a booking; or the client's usual barber, then fewest minutes. Then by id.
 */
export function inOrderOfAssignment(policy: AssignmentPolicy, workloads: readonly Workload[]): number[] {
  const byPolicy = {
    fewest_minutes: (a: Workload, b: Workload) => a.minutes - b.minutes,
    round_robin: (a: Workload, b: Workload) => a.lastBookedAt - b.lastBookedAt,
    usual_barber: (a: Workload, b: Workload) => b.visits - a.visits || a.minutes - b.minutes,
  }[policy];
  return [...workloads]
    .sort((a, b) => byPolicy(a, b) || a.barberId - b.barberId)
    .map(({ barberId }) => barberId);
}

/** What the assignment policies go by, for each of these barbers. */
export interface Workload {
  readonly barberId: number;
  /** Minutes booked on the day. */
  readonly minutes: number;
  /** Epoch ms at which a booking was last made with the barber; 0 where none ever was. */
  readonly lastBookedAt: number;
  /** How often the client was there. */
  readonly visits: number;
}

export async function selectWorkloads(
  db: Kysely<Database>,
  barberIds: readonly number[],
  day: { startsAt: number; minutes: number },
  userId: number,
): Promise<Workload[]> {
  const from = new Date(day.startsAt);
  const to = new Date(day.startsAt + day.minutes * 60_000);
  const { rows } = await sql<Workload>`
    select asked.id as "barberId",
      (select coalesce(sum(extract(epoch from ends_at - starts_at)) / 60, 0) from booking
        where barber_id = asked.id and occupied && tstzrange(${from}, ${to})
          and starts_at >= ${from} and starts_at < ${to}
          and status in ('held', 'confirmed', 'completed'))::float8 as minutes,
      (select coalesce(extract(epoch from max(created_at)) * 1000, 0) from booking
        where barber_id = asked.id)::float8 as "lastBookedAt",
      (select count(*) from booking
        where barber_id = asked.id and user_id = ${userId} and status in ('confirmed', 'completed'))::float8 as visits
    from unnest(${[...barberIds]}::integer[]) as asked (id)`.execute(db);
  return rows;
}

import { type Kysely, sql } from 'kysely';
import type { Timeline } from '../calendar/barber-day.ts';
import type { Database } from '../database/schema.ts';
import type { Fault } from '../outcome.ts';
import { hashOf } from '../token.ts';

/** A hold that has not run out. Instants are epoch ms. */
export interface LiveHold {
  readonly id: number;
  readonly shopId: number;
  readonly barberId: number;
  readonly startsAt: number;
  readonly from: number;
  readonly to: number;
  readonly lapsesAt: number;
}

export const HOLD_IS_OVER: Fault = {
  code: 'validation_failed',
  field: 'holdToken',
  detail: 'This hold has run out, or never was. Hold the slot again, or book it without a hold.',
};

export async function selectLiveHold(db: Kysely<Database>, holdToken: string): Promise<LiveHold | undefined> {
  const { rows } = await sql<LiveHold>`
    select id, shop_id as "shopId", barber_id as "barberId",
      (extract(epoch from starts_at) * 1000)::float8 as "startsAt",
      (extract(epoch from lower(occupied)) * 1000)::float8 as "from",
      (extract(epoch from upper(occupied)) * 1000)::float8 as "to",
      (extract(epoch from lapses_at) * 1000)::float8 as "lapsesAt"
    from booking
    where hold_token_hash = ${hashOf(holdToken)} and status = 'held'
      and lapses_at > statement_timestamp()`.execute(db);
  return rows[0];
}

/** The barber's day as the holder sees it: whatever of the hold is in it counts as free. */
export function withoutHold(timeline: Timeline, { from, to, lapsesAt }: LiveHold): Timeline {
  const minute = (instant: number) => (instant - timeline.startsAt) / 60_000;
  const busy = timeline.busy.filter(
    ([start, end, lapses]) => lapses !== lapsesAt || start < minute(from) || end > minute(to),
  );
  return { ...timeline, busy };
}

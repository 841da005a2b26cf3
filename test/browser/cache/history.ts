import { insertCheck } from '../../../src/insight/trends/queries.ts';
import { HOUR, MINUTE } from '../../../src/timing.ts';
import type { TestDatabase } from '../../support/test-database.ts';

/** One bad stretch, long ago enough to be in the day and not in the hour. */
const OUTAGE = { fromHoursAgo: 5, toHoursAgo: 4 };
/** When no server was there. */
const GAP = { fromHoursAgo: 10, toHoursAgo: 8 };

/**
 * A check every five minutes of the last day, by one server: 90 % hits, but for an hour of an outage of Redis with 40 %,
 * and two hours in which nobody looked.
 */
export async function insertChecks({ db }: TestDatabase, now: number): Promise<void> {
  for (let ago = 5 * MINUTE; ago < 24 * HOUR; ago += 5 * MINUTE) {
    const hours = ago / HOUR;
    const isIn = (span: typeof OUTAGE) => hours <= span.fromHoursAgo && hours > span.toHoursAgo;
    if (isIn(GAP)) continue;
    const isOut = isIn(OUTAGE);
    const status = isOut ? 'critical' : 'healthy';
    const wave = Math.round(60 * (1 + Math.sin(hours)));
    await insertCheck(
      db,
      { at: new Date(now - ago), instance: 'one', status, responseTimeMs: 0.4, metrics: {} },
      {
        [`status.${status}`]: 1,
        hits: isOut ? 400 : 900,
        misses: isOut ? 600 : 100,
        'cause.cold': 20,
        'cause.expired': 30 + wave,
        'cause.tooOld': 30,
        ...(isOut && { 'cause.away': 480 }),
        of_ms: 5 * MINUTE,
        up_ms: isOut ? 0 : 5 * MINUTE,
        commands: 3_000,
        failures: isOut ? 1_500 : 0,
        response_time_ms: 0.4,
        'response_time_ms.n': 1,
        memory_usage_mb: 12 + hours / 10,
        'memory_usage_mb.n': 1,
        'hit_ms.0.002-0.005': 900,
        'hit_ms.0.2-0.5': 40,
        'miss_ms.2-5': 80,
        'miss_ms.20-50': isOut ? 60 : 2,
        'lag_ms.2-5': 90,
        'lag_ms.20-50': 4,
      },
    );
  }
}

/** Three weeks of reads of the first shop: from 8 to 20 o'clock in New York, most on Fridays at 17 o'clock. */
export async function insertDemand({ pool }: TestDatabase, now: number): Promise<void> {
  await pool.query(
    `insert into demand (shop_id, hour, barber_id, days_ahead, days, reads)
     select (select min(id) from shop), hour, 0, ahead.days, 1,
       ceil(ahead.share * case when extract(isodow from local) = 5 and extract(hour from local) = 17 then 400
         when extract(hour from local) between 8 and 19
           then 60 + 12 * extract(isodow from local) + 8 * (extract(hour from local) - 8) else 4 end)
     from generate_series(date_trunc('hour', $1::timestamptz) - interval '21 days',
       date_trunc('hour', $1::timestamptz) - interval '1 hour', interval '1 hour') as hour,
       lateral (select hour at time zone 'America/New_York') as shop (local),
       (values (0, 0.5), (1, 0.25), (3, 0.15), (12, 0.1)) as ahead (days, share)`,
    [new Date(now)],
  );
}

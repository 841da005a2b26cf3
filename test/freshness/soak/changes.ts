import { sql } from 'kysely';
import type { KilledWriters } from '../faults/killed-writers.ts';
import { administer } from '../traffic/administer.ts';
import { hourOf, type Seat } from '../traffic/booker.ts';
import type { Scene } from '../traffic/scene.ts';
import type { Traffic } from '../traffic/traffic.ts';
import type { Fault } from './faults.ts';

export interface ChangesOptions {
  readonly scene: Scene;
  readonly traffic: Traffic;
  readonly killed: KilledWriters;
  /** What nobody else books. */
  readonly reserve: Seat[];
}

/** A plain read elsewhere hears of these by a poll, so they may be a second behind. */
const BY_POLL = { changes: true } as const;

/** What takes seats away past the servers that are looked at, or for many at once. Each needs a seat that is left. */
export function changesOf({ scene, traffic, killed, reserve }: ChangesOptions): readonly Fault[] {
  let started = 0;

  return [
    {
      ...BY_POLL,
      name: 'a booking is typed in SQL by hand',
      async run() {
        const seat = reserve.pop();
        if (seat === undefined) return;
        const { id: shopId, serviceIds } = scene.shop;
        await sql`insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at,
            occupied, price_amount, currency, guest_name)
          select ${shopId}, ${seat.barberId}, ${serviceIds.Haircut}, 'Haircut', 'confirmed', at, at + interval '30 min',
            tstzrange(at, at + interval '30 min'), 3000, 'USD', 'Ada'
          from (select ${seat.start}::timestamptz as at) as start`.execute(scene.db);
        traffic.gone((one) => one === seat, { at: performance.now(), wall: Date.now() });
      },
    },
    {
      ...BY_POLL,
      name: 'a writer is killed right after COMMIT',
      async run() {
        const seat = reserve.pop();
        if (seat === undefined) return;
        const when = await killed.bookAndDie(await killed.start(started++), seat);
        traffic.gone((one) => one === seat, when);
      },
    },
  ];
}

/** What changes the rules for good, and so comes last: nobody books before noon or on the last day. */
export async function changeRules(scene: Scene, traffic: Traffic): Promise<void> {
  const last = scene.shelf.dates.at(-1) ?? '';
  const closed = await administer(scene, 'POST', 'closures', { start_date: last, end_date: last });
  traffic.gone(({ date }) => date === last, closed, 0);
  // Nine in Los Angeles is noon in New York.
  const moved = await administer(scene, 'PATCH', 'shop', { timezone: 'America/Los_Angeles' });
  traffic.gone(isMorning, moved, 0);
}

export function isMorning(seat: Seat): boolean {
  return hourOf(seat) < 12;
}

import { newRead } from '../../dist/availability/source.js';
import { dateAt } from '../../dist/calendar/time.js';
import { createRandom } from '../../dist/seed/random.js';
import { createDemandCounter } from '../../dist/warming/demand/counter.js';
import { FIRST_DATE, MEASURED_FROM, TIMEZONE, visitsOf } from './months.js';
import { barberIds, openShop, SHOP } from './shop.js';

const MINUTE = 60_000;

/**
 * The months through the real cache, in virtual time, under one policy.
 *
 * @returns while it is measured: `reads`, those that had to wait for a load (`cold`), `calls` of the source and the
 *   `values` in them, and how many of the calls the policy made (`warming`)
 */
export async function simulate(policy, { seed, visitsPerDay, lifetime, accuracies }) {
  const clock = { at: Date.parse(`${FIRST_DATE}T00:00:00Z`), now: () => clock.at };
  const counter = createDemandCounter();
  const random = createRandom(seed, 1);
  const shop = openShop({ clock, random, lifetime, watchers: [counter.watch] });
  const act = policy({ shop, counter, lifetimeMs: lifetime * 1_000, accuracies });
  const figures = { reads: 0, cold: 0, warming: 0 };
  let measured = false;
  let minute = clock.at;
  for (const event of visitsOf(seed, visitsPerDay)) {
    for (; minute <= event.at; minute += MINUTE) {
      clock.at = minute;
      if (!measured && dateAt(TIMEZONE, minute) >= MEASURED_FROM) {
        measured = true;
        Object.assign(shop.loads, { calls: 0, values: 0 });
      }
      const before = shop.loads.calls;
      await act(minute);
      if (measured) figures.warming += shop.loads.calls - before;
    }
    clock.at = event.at;
    if (event.what === 'book') shop.book(event.barber, event.date);
    else {
      const read = newRead();
      const asked = event.barber === undefined ? barberIds : [event.barber];
      await shop.source.load({ shopId: SHOP, barberIds: asked, from: event.from, to: event.to }, read);
      if (!measured) continue;
      figures.reads += 1;
      if (read.misses > 0) figures.cold += 1;
    }
  }
  shop.source.close();
  return { ...figures, ...shop.loads };
}

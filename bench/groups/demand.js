import { newRead } from '../../dist/availability/source.js';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { addDays, datesFrom } from '../../dist/calendar/time.js';
import { createDemandCounter } from '../../dist/warming/demand/counter.js';
import { comparisonOf } from '../measuring/report.js';
import { measure, repeated } from '../measuring/rounds.js';

const DAYS = 50;

/** What counting demand costs a hot read. */
export async function benchDemand(bench) {
  const { connectionString, shopId, barberIds, today } = await bench.world();
  const counter = createDemandCounter();
  const open = (cache) => createCachedBookingService({ databaseUrl: connectionString, cache });
  const services = [open({}), open({ watchers: [counter.watch] })];
  try {
    const dates = datesFrom(today, addDays(today, DAYS - 1));
    for (const { source, following } of services) {
      await following();
      await source.load({ shopId, barberIds, from: today, to: dates.at(-1) });
    }
    const readsOf = ({ source }) => {
      let turn = 0;
      return repeated(() => {
        turn = (turn + 1) % (barberIds.length * DAYS);
        const date = dates[Math.trunc(turn / barberIds.length)];
        const query = { shopId, barberIds: [barberIds[turn % barberIds.length]], from: date, to: date };
        return source.load(query, newRead());
      });
    };
    const [plain, counting] = services.map(readsOf);
    const figures = await measure([
      { name: 'plain', run: plain },
      { name: 'counting', run: counting },
    ]);
    const { line, against } = comparisonOf(figures);
    return [
      line('One day through `load`, what became of it noted', 'plain'),
      line('The same with the count of what was asked', 'counting'),
      against('Its CPU against the other', 'counting', 'plain'),
    ];
  } finally {
    for (const service of services) await service.close();
  }
}

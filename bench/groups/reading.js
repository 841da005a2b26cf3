import { newRead } from '../../dist/availability/source.js';
import { loadTimelines } from '../../dist/availability/timelines.js';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { bookableStarts, bookingWindow } from '../../dist/calendar/slots.js';
import { addDays } from '../../dist/calendar/time.js';
import { textOf } from '../../dist/http/answer-text.js';
import { wireSlots } from '../../dist/http/wire/availability.js';
import { measure, repeated } from '../measuring/rounds.js';
import { FULL_DAYS, HORIZON_DAYS } from '../world/world.js';

const SERVICE = 'Haircut';

/** What reads out of the cache cost, in this process and without HTTP. */
export async function benchReading(bench) {
  const { connectionString, today, date, rules, barberIds, barberId } = await bench.world();
  const service = createCachedBookingService({ databaseUrl: connectionString });
  try {
    await warm(service, today);
    const { duration, bufferBefore, bufferAfter } = rules.services.find(({ name }) => name === SERVICE);
    const time = { duration, bufferBefore, bufferAfter };
    const window = bookingWindow(rules, Date.now());

    const starts = async (ids, from, to) => {
      const query = { shopId: rules.id, barberIds: ids, from, to };
      const rows = await loadTimelines(service.source, query, time, newRead());
      let found = 0;
      for (const row of rows) {
        for (const day of row) found += bookableStarts(day, rules.slotMinutes, time, window).length;
      }
      return found;
    };
    const next = () => service.getNextAvailableSlot({ shop: 'full', service: SERVICE });
    const request = { shop: 'busy', targetDate: date, barberId, service: SERVICE };
    const slots = async () => (await service.getAvailableSlotsWithBarberAvailability(request)).value;
    const body = async () => JSON.stringify(wireSlots(await slots()).body);
    const found = (await next()).value.nextAvailable?.date;
    if (!(found >= addDays(today, FULL_DAYS))) throw new Error(`The shop is not full: ${found}`);

    const cases = [
      { name: 'Starts of one barber on one day', limit: 3, of: () => starts([barberId], date, date) },
      {
        name: 'Starts of one barber on 30 days',
        limit: 30,
        of: () => starts([barberId], date, addDays(date, 29)),
      },
      { name: 'Starts of 50 barbers on one day', limit: 40, of: () => starts(barberIds, date, date) },
      { name: 'Next free slot past 14 full days, 50 barbers', limit: 150, of: next },
      { name: 'JSON body of one day', limit: 20, of: body },
      { name: 'The same with its ETag', of: async () => textOf(wireSlots(await slots()).body) },
    ];
    const missesBefore = misses(service);
    const figures = await measure(cases.map(({ name, of }) => ({ name, run: repeated(of) })));
    if (misses(service) > missesBefore) throw new Error('Something was loaded meanwhile');
    return cases.map(({ name, limit }) => {
      const { walls, cpus } = figures.get(name);
      return { what: name, values: walls, unit: ' µs', limit, cpus };
    });
  } finally {
    await service.close();
  }
}

async function warm(service, today) {
  await service.following();
  for (const shop of ['busy', 'full']) {
    const range = { startDate: today, endDate: addDays(today, HORIZON_DAYS) };
    await service.warmUpCacheForDateRange({ shop, ...range });
  }
}

function misses(service) {
  return service.getCacheHealth().cacheStats.misses;
}

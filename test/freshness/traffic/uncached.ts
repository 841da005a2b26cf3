import { setTimeout as sleep } from 'node:timers/promises';
import { createBookingService } from '../../../src/booking/service.ts';
import { pick, type Random, type Shelf } from './readers.ts';
import { type Spread, spreadOf } from './tally.ts';

const EVERY_MS = 20;

/**
 * How long reads take without a cache: the library's plain service on the same Postgres, at the same time, in this
 * process. It has no HTTP to do, so that a bound made of it is rather too strict.
 */
export function measureUncached(databaseUrl: string, shelf: Shelf, random: Random = Math.random) {
  const bookings = createBookingService({ databaseUrl });
  const taken: number[] = [];
  let over = false;
  const reading = (async () => {
    while (!over) {
      const began = performance.now();
      await bookings.getAvailableSlotsWithBarberAvailability({
        targetDate: pick(random, shelf.dates),
        barberId: pick(random, shelf.barberIds),
        service: 'Haircut',
        includeNextAvailable: false,
      });
      taken.push(performance.now() - began);
      await sleep(EVERY_MS);
    }
  })();
  return {
    async stop(): Promise<Spread> {
      over = true;
      await reading;
      await bookings.close();
      // The first has connected, and says nothing of the others.
      return spreadOf(taken.slice(1));
    },
  };
}

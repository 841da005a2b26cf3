import { createCachedBookingService } from '../../dist/booking/cached.js';
import { createBookingService } from '../../dist/booking/service.js';
import { measureEach } from '../measuring/pairs.js';
import { dropTriggers, openEmptyShop } from '../world/empty-shop.js';

const ROUNDS = 20;
/** Bookings a round. */
const TURNS = 15;

/** What a booking costs with the cache, and without anything that the cache needs. */
export async function benchBooking(bench) {
  const { postgres } = bench;
  const { url: redisUrl } = await bench.redis();
  const on = await openEmptyShop(postgres, 'cache_on');
  const off = await openEmptyShop(postgres, 'cache_off');
  await dropTriggers(off);
  const cached = createCachedBookingService({ databaseUrl: on.connectionString, cache: { redisUrl } });
  const plain = createBookingService({ databaseUrl: off.connectionString });
  try {
    await cached.following();
    const figures = await measureEach(
      [
        { name: 'on', run: () => book(cached, on) },
        { name: 'off', run: () => book(plain, off) },
      ],
      { rounds: ROUNDS, turns: TURNS, warmUp: 4 },
    );
    const ratios = figures.get('on').walls.map((wall, round) => wall / figures.get('off').walls[round]);
    return [
      { what: 'A booking with the cache on', ...timesOf(figures.get('on')) },
      { what: 'The same without a cache, the triggers dropped', ...timesOf(figures.get('off')) },
      { what: 'Ratio of the two', values: ratios, unit: ' ×', limit: 1.3 },
    ];
  } finally {
    await Promise.all([cached.close(), plain.close()]);
    await Promise.all([on.drop(), off.drop()]);
  }
}

/** Books what nobody has booked yet; answers with the booking. */
export async function book(service, shop) {
  const outcome = await service.createGuestBooking(shop.booking());
  if (outcome.kind !== 'ok') throw new Error(`Not booked: ${JSON.stringify(outcome)}`);
  return outcome.value;
}

function timesOf({ walls, cpus }) {
  return { values: walls, cpus, unit: ' µs' };
}

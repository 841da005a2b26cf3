// A process that books with the library, for tests that kill it. Arguments: the database, Redis.
// Needs `npm run build`.
import { createCachedBookingService } from '../../../dist/booking/cached.js';

const [databaseUrl, redisUrl] = process.argv.slice(2);
const bookings = createCachedBookingService({ databaseUrl, cache: { redisUrl } });
process.on('message', async ({ barberId, start, date }) => {
  await bookings.getAvailableSlots({ targetDate: date, service: 'Haircut' });
  const who = { name: 'Killed', email: 'killed@example.com' };
  const outcome = await bookings.createGuestBooking({ ...who, service: 'Haircut', barberId, start });
  process.send(outcome);
});
await bookings.following();
process.send('ready');

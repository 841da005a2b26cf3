// The library's plain service behind the barest HTTP server: what a read takes without a cache.
// Arguments: the database. Needs `npm run build`.
import { createServer } from 'node:http';
import { createBookingService } from '../../../dist/booking/service.js';

const [databaseUrl] = process.argv.slice(2);
const bookings = createBookingService({ databaseUrl });
const server = createServer(async ({ url }, response) => {
  const { searchParams } = new URL(url, 'http://localhost');
  const slots = await bookings.getAvailableSlotsWithBarberAvailability({
    targetDate: searchParams.get('target_date'),
    barberId: Number(searchParams.get('barber_id')),
    service: 'Haircut',
    includeNextAvailable: false,
  });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(slots));
});
server.listen(0, '127.0.0.1', () => console.log(`Listening on ${server.address().port}`));

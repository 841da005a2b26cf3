import { join } from 'node:path';
import { createCachedBookingService } from '../../dist/booking/cached.js';
import { textOf } from '../../dist/http/answer-text.js';
import { wireSlots } from '../../dist/http/wire/availability.js';
import { measureServers } from '../servers/servers.js';

/** The CPU that a server uses for a hot read over HTTP, against constants of the same size. */
export async function benchServing(bench) {
  const { connectionString, directory, date, barberId } = await bench.world();
  const path = `/api/v2/bookings/available-slots?shop=busy&target_date=${date}`;
  const targets = [
    { name: 'one', kind: 'freshchair', path: `${path}&barber_id=${barberId}` },
    { name: 'any', kind: 'freshchair', path },
    { name: 'constant', kind: 'freshchair', path: '/constant' },
    { name: 'bare', kind: 'bare', path: '/constant' },
  ];
  const inStep = targets.map((target) => ({ ...target, inStep: true }));
  const samples = await measureServers(inStep, {
    settings: {
      DATABASE_URL: connectionString,
      PORT: '0',
      RATE_LIMIT: 'off',
      ADMIN_PASSWORD: 'nobody signs in',
    },
    body: await bodyOf({ connectionString, date, barberId }),
    logFile: join(directory, 'requests.log'),
  });
  const [one, any, constant, bare] = targets.map(({ name }) => samples.get(name).cpus);
  const ratio = (a, b) => a.map((value, round) => value / b[round]);
  return [
    { what: 'Server CPU of a hot `available-slots` of one barber', values: one, unit: ' µs' },
    { what: 'The same for any of 50 barbers', values: any, unit: ' µs' },
    { what: 'A constant behind the same plug-ins and log', values: constant, unit: ' µs' },
    { what: 'A constant in a bare Fastify', values: bare, unit: ' µs' },
    { what: 'Ratio of one barber to the constant', values: ratio(one, constant), unit: ' ×', limit: 1.25 },
    { what: 'Ratio of one barber to the bare Fastify', values: ratio(one, bare), unit: ' ×', limit: 2.5 },
  ];
}

/** What the hot read answers with. */
async function bodyOf({ connectionString, date, barberId }) {
  const service = createCachedBookingService({ databaseUrl: connectionString });
  try {
    const request = { shop: 'busy', targetDate: date, barberId };
    const { value } = await service.getAvailableSlotsWithBarberAvailability(request);
    return textOf(wireSlots(value).body).bodyAsOf(value.read.asOf).toString();
  } finally {
    await service.close();
  }
}

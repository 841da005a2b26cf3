import { Redis } from 'ioredis';
import { createBookingService } from '../../dist/booking/service.js';
import { availabilityRoutes } from '../../dist/http/routes/availability.js';
import { SlotsQuery, wireSlots } from '../../dist/http/wire/availability.js';
import { createBento } from './bentocache.js';
import { createCacheAside } from './cache-aside.js';
import { createLayeredLoader } from './layered-loader.js';

/**
 * Peers as routes of the very server that they are compared with, behind the same plug-ins and with the same check of
 * the query: Freshchair's own routes on the booking service without a cache, at `/available-slots`; and below a path
 * each, caches of what that service answers, which have the text ready: nothing is worked out on a hit.
 */
export function addPeers(app, { databaseUrl, redisUrl }) {
  const service = createBookingService({ databaseUrl });
  // Commands of the same instant go out together, which a server that is busy gains by.
  const redis = new Redis(redisUrl, { enableAutoPipelining: true });
  availabilityRoutes(service, 'Peers')(app);

  const load = async (key) => {
    const [shop, targetDate] = key.split(' ');
    const { value } = await service.getAvailableSlots({ shop, targetDate });
    const { body, read } = wireSlots(value);
    return JSON.stringify({ ...body, as_of: new Date(read.asOf).toISOString() });
  };
  const caches = {
    '/aside': createCacheAside({ redis, load }),
    '/bento': createBento({ memory: true, redis, load }),
    '/layered': createLayeredLoader({ memory: true, redis, load }),
  };
  for (const [path, cache] of Object.entries(caches)) {
    app.get(`${path}/available-slots`, { schema: { querystring: SlotsQuery } }, async (request, reply) => {
      const { shop, target_date } = request.query;
      reply.type('application/json; charset=utf-8');
      return cache.get(`${shop} ${target_date}`);
    });
  }
  return async () => {
    redis.disconnect();
    await service.close();
  };
}

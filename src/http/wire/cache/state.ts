import { Type } from 'typebox';
import { Instant } from './figures.ts';

export const CacheAvailability = Type.Object({
  cache_available: Type.Boolean(),
  redis_connection: Type.Boolean({
    description: 'Whether Redis answers; false where each process has a cache of its own',
  }),
  timestamp: Instant,
});

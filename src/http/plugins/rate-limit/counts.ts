import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyRateLimitStore } from '@fastify/rate-limit';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../clock.ts';
import type { RedisConnection } from '../../../redis/redis.ts';

export interface CountsOptions {
  /** Where all servers count together, where there is one. */
  readonly redis: Pick<RedisConnection, 'script'> | undefined;
  /** Under which callers are hashed there: an address is nobody's business. */
  readonly secret: string;
  readonly clock: Clock;
}

interface Count {
  readonly current: number;
  /** Milliseconds that are left of the window. */
  readonly ttl: number;
}

/** Callers whom a process counts by itself at most; beyond, the one who has been quiet longest is forgotten. */
const MAX_CALLERS = 20_000;

/**
 * Counts requests in fixed windows for `@fastify/rate-limit`: in Redis, so that it is one count for all servers, and in
 * the process where there is none or while it does not answer.
 */
export function createCounts({ redis, secret, clock }: CountsOptions): new () => FastifyRateLimitStore {
  const script = redis?.script(readFileSync(new URL('count-1.lua', import.meta.url), 'utf8'));
  const windows = new LRUCache<string, { count: number; readonly endsAt: number }>({ max: MAX_CALLERS });

  function countHere(caller: string, windowMs: number): Count {
    const now = clock.now();
    let window = windows.get(caller);
    // The clock may have been set back.
    if (window === undefined || window.endsAt <= now || window.endsAt > now + windowMs) {
      window = { count: 0, endsAt: now + windowMs };
      windows.set(caller, window);
    }
    window.count += 1;
    return { current: window.count, ttl: window.endsAt - now };
  }

  async function count(caller: string, windowMs: number): Promise<Count> {
    if (script === undefined) return countHere(caller, windowMs);
    const hash = createHmac('sha256', secret).update(caller).digest('base64url');
    try {
      const [current, ttl] = [await script([`fc:{limit:${hash}}`], [windowMs])].flat().map(Number);
      if (current === undefined || ttl === undefined) throw new Error('Redis did not count');
      return { current, ttl };
    } catch {
      return countHere(caller, windowMs);
    }
  }

  return class Counts implements FastifyRateLimitStore {
    incr(caller: string, callback: Parameters<FastifyRateLimitStore['incr']>[1], windowMs: number): void {
      count(caller, windowMs).then((counted) => callback(null, counted), callback);
    }

    child(): FastifyRateLimitStore {
      return this;
    }
  };
}

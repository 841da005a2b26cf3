import { LIFETIME_MS } from './limits.js';

/**
 * What the usual guide does: the answer's text in Redis for five minutes, deleted after a write. Nothing waits for
 * another's load, and nothing is known of what changed meanwhile.
 *
 * @param {{ redis: import('ioredis').Redis, load: (key: string) => Promise<string> }} options
 */
export function createCacheAside({ redis, load }) {
  return {
    async get(key) {
      const found = await redis.get(key);
      if (found !== null) return found;
      const text = await load(key);
      await redis.set(key, text, 'EX', LIFETIME_MS / 1_000);
      return text;
    },
    drop: (keys) => redis.del(...keys),
  };
}

import { readFileSync } from 'node:fs';
import type { RedisConnection, RedisScript } from '../../../redis/redis.ts';
import { type SpanAbout, traced } from '../../../tracing.ts';
import type { Found, Store } from '../store.ts';
import { decodeEntry, encodeEntry, isBroken, isForeign, rememberedHash } from './entry.ts';

export interface RedisStoreOptions {
  readonly redis: Pick<RedisConnection, 'run' | 'script' | 'isAvailable'>;
  /**
   * Names the history of the database that versions are of at present; undefined while nobody knows. What was stored
   * under another name is not there.
   */
  readonly history: () => string | undefined;
}

/** Keys that one command writes at most: Redis serves nobody else meanwhile, and 1,000 take it a millisecond. */
const KEYS_AT_ONCE = 1_000;

/**
 * Keeps values in Redis, between processes. The keys of a call are of one shop, and so in one slot of a Cluster. A call
 * is one command, however many values it reads, and rejects when that fails; one that writes more than a thousand is
 * one for each thousand.
 */
export function createRedisStore({ redis, history }: RedisStoreOptions): Store {
  const putNewer = redis.script(lua('put-newer-n'));
  const claim = redis.script(lua('claim-n'));
  const release = redis.script(lua('release-n'));

  /** Four bytes for the present history. */
  function historyNumber(): number {
    const name = history();
    if (name === undefined) throw new Error('The history of the database is not known yet');
    return rememberedHash(name);
  }

  return {
    async getMany(keys) {
      if (keys.length === 0) return [];
      const present = historyNumber();
      const about = aboutCommand('MGET', keys.length);
      const found = await traced('freshchair.redis.get', about, () =>
        redis.run((client) => client.mgetBuffer(keys as string[])),
      );
      const garbage: string[] = [];
      const values = keys.map((key, i): Found => {
        const bytes = found[i];
        if (!bytes) return undefined;
        const value = decodeEntry(key, bytes, present);
        if (value !== undefined) return value;
        if (isBroken(bytes, present)) garbage.push(key);
        return isForeign(key, bytes, present) ? undefined : 'undecodable';
      });
      // It may look newer than what will be loaded, which would then be refused.
      if (garbage.length > 0) redis.run((client) => client.unlink(garbage)).catch(() => {});
      return values;
    },
    async putMany(entries) {
      const present = historyNumber();
      const stored = await traced('freshchair.redis.put', aboutCommand('EVALSHA', entries.length), () =>
        inParts(entries, (part) =>
          putNewer(
            part.map(({ key }) => key),
            part.flatMap(({ key, loaded, ttlMs }) => [
              encodeEntry(key, loaded, present),
              Math.max(1, Math.ceil(ttlMs)),
            ]),
          ),
        ),
      );
      return sum(stored);
    },
    async claim(keys, owner, ttlMs) {
      const claimed = await inParts(keys.map(claimOf), (part) => claim(part, [owner, ttlMs]));
      return claimed.flat().map((one) => one === 1);
    },
    async release(keys, owner) {
      await inParts(keys.map(claimOf), (part) => release(part, [owner]));
    },
    async drop(keys) {
      return sum(await inParts(keys, (part) => redis.run((client) => client.unlink([...part]))));
    },
    bytesOf: ({ key, loaded }) => encodeEntry(key, loaded, 0).length,
    isAvailable: redis.isAvailable,
  };
}

function lua(name: string): string {
  return readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8');
}

/** https://opentelemetry.io/docs/specs/semconv/database/redis/ */
function aboutCommand(name: string, values: number): SpanAbout<unknown> {
  const attributes = {
    'db.system.name': 'redis',
    'db.operation.name': name,
    'db.operation.batch.size': values,
  };
  return { isClient: true, attributes };
}

function claimOf(key: string): string {
  return `${key}:claim`;
}

/** What the parts were answered with. */
async function inParts<T>(
  all: readonly T[],
  write: (part: readonly T[]) => ReturnType<RedisScript>,
): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let from = 0; from < all.length; from += KEYS_AT_ONCE) {
    answers.push(await write(all.slice(from, from + KEYS_AT_ONCE)));
  }
  return answers;
}

function sum(answers: readonly unknown[]): number {
  return answers.reduce<number>((total, answer) => total + Number(answer), 0);
}

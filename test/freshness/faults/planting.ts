import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

const EVERY_MS = 20;
const LIFETIME_MS = 60_000;

/** What the servers have in Redis: key and value. */
export type Loot = ReadonlyMap<string, readonly Buffer[]>;

/** Does it again and again until the time is over. */
export async function keepDoing(
  lastsMs: number,
  act: () => Promise<unknown>,
  everyMs = EVERY_MS,
): Promise<number> {
  const end = performance.now() + lastsMs;
  let times = 0;
  for (; performance.now() < end; times++) {
    await act();
    await sleep(everyMs);
  }
  return times;
}

/** Every cached value that Redis holds now, and those that `before` has seen there. */
export async function rob(client: Redis, before: Loot = new Map()): Promise<Loot> {
  const loot = new Map(before);
  for (const key of await client.keys('fc:{shop:*')) {
    // Whoever claims for a minute makes others wait for a second: that is no value, and no fault of ours.
    if (key.endsWith(':claim')) continue;
    const value = await client.getBuffer(key).catch(() => null);
    const seen = loot.get(key) ?? [];
    if (value !== null && !seen.some((one) => one.equals(value))) loot.set(key, [...seen, value]);
  }
  return loot;
}

/** Puts something else in the place of each value. */
export async function plant(
  client: Redis,
  loot: Loot,
  choose: (values: readonly Buffer[], all: readonly Buffer[]) => Buffer | undefined,
): Promise<number> {
  const all = [...loot.values()].flat();
  const pipeline = client.pipeline();
  for (const [key, values] of loot) {
    const value = choose(values, all);
    if (value !== undefined) pipeline.set(key, value, 'PX', LIFETIME_MS);
  }
  return ((await pipeline.exec()) ?? []).length;
}

const anyOf = <T>(values: readonly T[]): T | undefined => values[Math.floor(Math.random() * values.length)];

type Choose = Parameters<typeof plant>[2];

const GARBAGE: readonly Choose[] = [
  () => randomBytes(1 + Math.floor(Math.random() * 200)),
  // A bit fell over.
  ([value = Buffer.from('x')]) => {
    const copy = Buffer.from(value);
    const at = Math.floor(Math.random() * copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(Math.random() * 8));
    return copy;
  },
  // Cut off.
  ([value = Buffer.alloc(0)]) => value.subarray(0, Math.floor(Math.random() * value.length)),
  // Of another program.
  () => Buffer.from(JSON.stringify({ slots: [{ time: '09:00', available: true }] })),
];

export const PLANTS: Readonly<Record<string, Choose>> = {
  'what was there before': anyOf,
  'values of other days, barbers and shops': (_, all) => anyOf(all),
  'garbage and values of another format': (values, all) => anyOf(GARBAGE)?.(values, all),
};

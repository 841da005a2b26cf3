import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type KindStats, newKindStats, sumOf } from '../../../src/availability/counting/stats.ts';
import { newRead, type Read } from '../../../src/availability/source.ts';
import { createMemoryStore } from '../../../src/availability/store/memory-store.ts';
import type { Store } from '../../../src/availability/store/store.ts';
import { createInstance, createWorld, HOURS, type Instance, query, SHOP, TTL } from '../world.ts';

const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'];

interface Look {
  readonly who: 0 | 1;
  readonly days: readonly string[];
  readonly mode: 'plain' | 'exact' | 'warming';
}

type Step =
  /** All at the same time; a strong read by itself, for it may tell of changes in the middle of another. */
  | { readonly kind: 'read'; readonly looks: readonly Look[] }
  | { readonly kind: 'write'; readonly day: string; readonly told: readonly boolean[] }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'follow'; readonly who: 0 | 1; readonly following: boolean }
  | { readonly kind: 'store'; readonly does: 'well' | 'fail' | 'garble' | 'lose' }
  | { readonly kind: 'postgres'; readonly answers: boolean };

const who = fc.constantFrom<0 | 1>(0, 1);
const days = fc.subarray(DAYS, { minLength: 1 });
const plainLook = fc.record({ who, days, mode: fc.constant<Look['mode']>('plain') });
const someLook = fc.record({ who, days, mode: fc.constantFrom<Look['mode']>('exact', 'warming', 'plain') });
const looks = fc.oneof(
  fc.array(plainLook, { minLength: 1, maxLength: 5 }),
  fc.array(someLook, { minLength: 1, maxLength: 1 }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('read' as const), looks }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      day: fc.constantFrom(...DAYS, HOURS),
      told: fc.tuple(fc.boolean(), fc.boolean()),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1_000, TTL / 2, TTL) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('follow' as const), who, following: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('store' as const),
      does: fc.constantFrom('well', 'fail', 'garble', 'lose' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('postgres' as const), answers: fc.boolean() }),
  },
);

/** Counts independently of the cache what two instances over one store are asked, and what their readers were told. */
function createScene(hasShared: boolean) {
  const world = createWorld();
  const memory = createMemoryStore({ maxEntries: 100, clock: { now: world.now } });
  let store: 'well' | 'fail' | 'garble' = 'well';
  const shared: Store = {
    ...memory,
    async getMany(keys) {
      if (store === 'fail') throw new Error('store is down');
      return memory
        .getMany(keys)
        .map((found, i) => (store === 'garble' && found && i % 2 ? 'undecodable' : found));
    },
    async putMany(entries) {
      if (store === 'fail') throw new Error('store is down');
      return memory.putMany(entries);
    },
  };
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  let answers = true;
  world.held = () =>
    new Promise((resolve, reject) => setImmediate(() => (answers ? resolve() : reject(refused))));
  const { current } = world.kind;
  world.kind.current = async (asked) => {
    if (!answers) throw refused;
    return current(asked);
  };

  const delay = async (ms: number) => {
    world.pass(ms);
    await new Promise(setImmediate);
  };
  const servers = [0, 1].map(() => {
    // So few that values have to make room.
    const instance = createInstance(world, { maxEntries: 3, delay, ...(hasShared && { shared }) });
    return { ...instance, asked: 0, hits: 0, missed: 0, past: 0, warmed: 0 };
  });

  async function look({ who, days, mode }: Look): Promise<void> {
    const server = servers[who] as Instance & (typeof servers)[number];
    const read: Read = newRead({ exact: mode === 'exact', warming: mode === 'warming' });
    const isPast = mode === 'exact' || !server.feed.following;
    const before = sumOf(server.cache.stats.misses);
    let worked = true;
    try {
      await server.cache.readMany(query(...days), read);
    } catch {
      worked = false;
    }
    if (mode === 'warming') {
      if (worked && !read.degraded) server.warmed += read.misses + read.bypassed;
      return;
    }
    server.asked += days.length;
    // Alone, so that what it missed is what the statistics grew by.
    if (isPast) server.past += mode === 'exact' ? sumOf(server.cache.stats.misses) - before : days.length;
    if (!worked) return;
    server.hits += read.hits;
    server.missed += read.misses + read.bypassed + (read.degraded ? days.length : 0);
  }

  async function perform(step: Step): Promise<void> {
    switch (step.kind) {
      case 'read':
        await Promise.all(step.looks.map(look));
        return;
      case 'write': {
        const change = world.write(step.day);
        for (const [i, { feed }] of servers.entries()) if (step.told[i]) feed.learn([change]);
        return;
      }
      case 'pass':
        return world.pass(step.ms);
      case 'follow':
        if (servers[step.who]) (servers[step.who] as Instance).feed.following = step.following;
        return;
      case 'store':
        if (step.does === 'lose') memory.clear();
        else store = step.does;
        return;
      case 'postgres':
        answers = step.answers;
    }
  }

  return { world, servers, perform };
}

function check(
  stats: Readonly<KindStats>,
  { asked, hits, missed, past, warmed }: Record<'asked' | 'hits' | 'missed' | 'past' | 'warmed', number>,
  hasShared: boolean,
): void {
  const { process, shared, misses } = stats;
  expect(process.hits + sumOf(process.misses)).toBe(asked);
  expect(process.hits + shared.hits).toBeGreaterThanOrEqual(hits);
  expect(sumOf(process.misses)).toBe(shared.hits + sumOf(misses));
  expect(sumOf(misses)).toBe(stats.loaded + stats.joined + stats.waits + stats.degraded + stats.failed);
  expect(sumOf(misses)).toBeGreaterThanOrEqual(missed);
  if (stats.failed === 0) {
    expect(process.hits + shared.hits).toBe(hits);
    expect(sumOf(misses)).toBe(missed);
  }
  expect(sumOf(shared.misses)).toBe(hasShared ? sumOf(misses) - past : 0);
  expect(stats.warmed).toBe(warmed);
}

describe.each([true, false])('whatever happens (with a store between processes: %s)', (hasShared) => {
  test('what was read is what was hit and missed, tier by tier, and what was missed came from somewhere', async () => {
    const happened = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
        const { servers, world, perform } = createScene(hasShared);
        for (const one of steps) {
          await perform(one);
          for (const server of servers) check(server.cache.stats, server, hasShared);
        }
        const loads = servers.reduce((sum, { cache }) => sum + cache.stats.loads, 0);
        expect(loads).toBe(world.loads.length);
        for (const { cache } of servers) for (const what of nonZero(cache.stats)) happened.add(what);
      }),
      { numRuns: 300 },
    );
    // It was worth while: everything was counted at some time.
    const everything = nonZero(counted(hasShared));
    expect([...happened].sort()).toEqual(everything.sort());
  });
});

/** The names of the numbers that are not 0. */
function nonZero(stats: object, path = ''): string[] {
  return Object.entries(stats).flatMap(([name, value]) =>
    typeof value === 'object' ? nonZero(value, `${path}${name}.`) : value === 0 ? [] : [`${path}${name}`],
  );
}

/** Statistics with a 1 for everything that there can be. */
function counted(hasShared: boolean): KindStats {
  const inProcess = { cold: 1, expired: 1, tooOld: 1, evicted: 1, undecodable: 0, notFollowing: 1, away: 0 };
  const inShared = { ...inProcess, undecodable: 1, notFollowing: 0, away: 1 };
  const shared = hasShared ? 1 : 0;
  return {
    ...newKindStats(),
    process: { hits: 1, misses: inProcess, superseded: 1 },
    shared: hasShared ? { hits: 1, misses: inShared, superseded: 1 } : newKindStats().shared,
    misses: hasShared ? { ...inShared, notFollowing: 1 } : inProcess,
    ...{ atOnce: 1, loads: 1, loaded: 1, joined: 1, waits: shared, degraded: 1, failed: 1, warmed: 1 },
  };
}

test('hits of a kind are counted for that kind', async () => {
  const world = createWorld();
  const instance = createInstance(world);
  const read = newRead();
  for (const _ of [1, 2, 3]) await instance.hours.readMany({ shopId: SHOP }, read);
  await instance.cache.readMany(query('2026-11-23'), read);
  await instance.cache.readMany(query('2026-11-23'), read);
  expect(instance.hours.stats).toMatchObject({ process: { hits: 2, misses: { cold: 1 } }, loaded: 1 });
  expect(instance.cache.stats).toMatchObject({ process: { hits: 1, misses: { cold: 1 } }, loaded: 1 });
  expect(read.hitsOf).toEqual({ days: 1, schedules: 2, rules: 0 });
});

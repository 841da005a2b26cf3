import { beforeEach, describe, expect, test } from 'vitest';
import { type Loaded, newRead } from '../../../src/availability/source.ts';
import { createMemoryStore, type MemoryStore } from '../../../src/availability/store/memory-store.ts';
import type { Store } from '../../../src/availability/store/store.ts';
import {
  createGate,
  createInstance,
  createWorld,
  type Instance,
  keysOf,
  query,
  type Seen,
  TTL,
  type World,
} from '../world.ts';

const [MON, TUE] = ['2026-11-23', '2026-11-24'];

let world: World;
let shared: MemoryStore;
let one: Instance;
let two: Instance;

beforeEach(() => {
  world = createWorld();
  shared = createMemoryStore({ maxEntries: 1_000, clock: { now: world.now } });
  one = createInstance(world, { shared });
  two = createInstance(world, { shared });
});

function read({ cache }: Instance, days: readonly string[], note = newRead()) {
  return cache.readMany(query(...days), note);
}

const seen = (values: readonly Loaded<Seen>[]) => values.map(({ value }) => value.version);

/** Whoever waits for another's load looks twice in vain; before the third time that load may go on. */
function openAtThirdLook(open: () => void): (ms: number) => Promise<void> {
  let looks = 0;
  return async (ms) => {
    world.pass(ms);
    if (++looks === 3) open();
    await new Promise(setImmediate);
  };
}

describe('two processes over one store', () => {
  test('load once', async () => {
    await read(one, [MON, TUE]);
    expect(seen(await read(two, [MON, TUE]))).toEqual([0, 0]);
    expect(world.loads).toEqual([[MON, TUE]]);
    expect(two.cache.stats.shared.hits).toBe(2);
    expect(read(two, [MON, TUE])).toBeInstanceOf(Array);
  });

  test('one loads anew what has to last longer than what lies in the store, and the other has it too', async () => {
    await read(one, [MON]);
    world.pass(TTL / 2);
    const lastingUntil = world.now() + 0.8 * TTL;
    await read(two, [MON], newRead({ warming: true, lastingUntil }));
    expect(world.loads).toEqual([[MON], [MON]]);
    // What another instance has loaded just now lasts.
    await read(one, [MON], newRead({ warming: true, lastingUntil }));
    expect(world.loads).toHaveLength(2);
    world.pass(0.7 * TTL);
    expect(seen(await read(one, [MON]))).toEqual([0]);
    expect(world.loads).toHaveLength(2);
  });

  test('load once when both miss at the same time', async () => {
    const { held, open } = createGate();
    two = createInstance(world, { shared, delay: openAtThirdLook(open) });
    world.held = held;
    const crowds = [one, two].flatMap((instance) => Array.from({ length: 200 }, () => read(instance, [MON])));
    for (const values of await Promise.all(crowds)) expect(seen(values)).toEqual([0]);
    expect(world.loads).toEqual([[MON]]);
    expect(two.cache.stats.waits).toBe(1);
  });

  test('load once when one looks before the other has loaded, and claims after it', async () => {
    const { held, open } = createGate();
    let looks = 0;
    // What is asked from the claim on is executed late, and in order.
    const late: Store = {
      ...shared,
      async claim(keys, owner, ttlMs) {
        await held();
        return shared.claim(keys, owner, ttlMs);
      },
      async getMany(keys) {
        if (++looks > 1) await held();
        return shared.getMany(keys);
      },
    };
    two = createInstance(world, { shared: late });
    const second = read(two, [MON]);
    expect(seen(await read(one, [MON]))).toEqual([0]);
    await new Promise(setImmediate);
    open();
    expect(seen(await second)).toEqual([0]);
    expect(world.loads).toHaveLength(1);
  });

  test('load once where storing takes its time', async () => {
    const { held, open } = createGate();
    const slow: Store = {
      ...shared,
      async putMany(entries) {
        await held();
        return shared.putMany(entries);
      },
    };
    one = createInstance(world, { shared: slow });
    two = createInstance(world, { shared: slow, delay: openAtThirdLook(open) });
    await read(one, [MON]);
    await read(two, [MON]);
    expect(world.loads).toHaveLength(1);
  });

  test('load what the other does not, and wait for the rest', async () => {
    const { held, open } = createGate();
    two = createInstance(world, { shared, delay: openAtThirdLook(open) });
    world.held = held;
    const first = read(one, [MON]);
    const second = read(two, [MON, TUE]);
    expect(seen(await first)).toEqual([0]);
    expect(seen(await second)).toEqual([0, 0]);
    expect(world.loads).toEqual([[MON], [TUE]]);
  });

  test('load again what one knows to have changed, and the other takes it from there', async () => {
    await read(one, [MON]);
    await read(two, [MON]);
    const change = world.write(MON);
    one.feed.learn([change]);
    expect(seen(await read(one, [MON]))).toEqual([1]);
    two.feed.learn([change]);
    expect(seen(await read(two, [MON]))).toEqual([1]);
    expect(world.loads).toEqual([[MON], [MON]]);
  });

  test('wait for each other no longer than a second', async () => {
    const { held, open } = createGate();
    world.held = held;
    const stuck = read(one, [MON]);
    await new Promise(setImmediate);
    world.held = () => undefined;
    const began = world.now();
    expect(seen(await read(two, [MON]))).toEqual([0]);
    expect(world.now() - began).toBeGreaterThanOrEqual(1_000);
    expect(world.now() - began).toBeLessThan(1_100);
    expect(world.loads).toHaveLength(2);
    open();
    await stuck;
  });

  test('do not wait for a value that comes too late to be used', async () => {
    const { held, open } = createGate();
    two = createInstance(world, { shared, delay: openAtThirdLook(open) });
    world.held = held;
    const slow = read(one, [MON]);
    await new Promise(setImmediate);
    two.feed.learn([world.write(MON)]);
    world.held = () => undefined;
    expect(seen(await read(two, [MON]))).toEqual([1]);
    await slow;
  });

  test('load for themselves at once when the claim of the other is given back without a value', async () => {
    const { held, open } = createGate();
    two = createInstance(world, { shared, delay: openAtThirdLook(open) });
    world.held = () => held().then(() => Promise.reject(new TypeError('no such column')));
    const failing = Promise.allSettled([read(one, [MON])]);
    await new Promise(setImmediate);
    world.held = () => undefined;
    const began = world.now();
    expect(seen(await read(two, [MON]))).toEqual([0]);
    expect(world.now() - began).toBeLessThan(1_000);
    expect((await failing)[0]?.status).toBe('rejected');
  });

  test('get by without the claim of a process that died', async () => {
    shared.claim(keysOf(query(MON)), 'dead', 2_000);
    expect(seen(await read(one, [MON]))).toEqual([0]);
  });

  test('take nothing that arrives after they lost sight of changes', async () => {
    const { held, open } = createGate();
    world.held = held;
    const slow = read(one, [MON]);
    await new Promise(setImmediate);
    const look = openAtThirdLook(open);
    two = createInstance(world, {
      shared,
      async delay(ms) {
        world.write(MON);
        two.feed.following = false;
        world.held = () => undefined;
        open();
        await look(ms);
      },
    });
    expect(seen(await read(two, [MON]))).toEqual([1]);
    await slow;
  });

  test('stop waiting when they lose sight of changes', async () => {
    shared.claim(keysOf(query(MON)), 'slow', 2_000);
    two = createInstance(world, {
      shared,
      delay: async (ms) => {
        world.pass(ms);
        two.feed.following = false;
      },
    });
    const began = world.now();
    expect(seen(await read(two, [MON]))).toEqual([0]);
    expect(world.now() - began).toBeLessThan(10);
  });
});

describe('a store that brings back what it once held', () => {
  test('is recognised by the versions', async () => {
    await read(one, [MON]);
    const old = shared.getMany(keysOf(query(MON)))[0];
    const change = world.write(MON);
    for (const { feed } of [one, two]) feed.learn([change]);
    expect(seen(await read(one, [MON]))).toEqual([1]);
    shared.clear();
    if (old !== undefined) shared.putMany([{ key: `day ${MON}`, loaded: old, ttlMs: TTL }]);
    expect(seen(await read(two, [MON]))).toEqual([1]);
  });

  test('is not asked by an instance that does not follow, but for want of anything else', async () => {
    await read(one, [MON]);
    world.write(MON);
    two.feed.following = false;
    expect(seen(await read(two, [MON]))).toEqual([1]);
    world.held = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    await expect(read(one, [TUE])).rejects.toThrow();
    shared.putMany([{ key: `day ${TUE}`, loaded: dayAt(TUE, 0), ttlMs: TTL }]);
    const note = newRead();
    expect(seen(await read(two, [TUE], note))).toEqual([0]);
    expect(note.degraded).toBe(true);
  });

  test('of another history of the database is emptied as it is read', async () => {
    shared.putMany([{ key: `day ${MON}`, loaded: dayAt(MON, 9), ttlMs: TTL }]);
    world.pass(1_000);
    two.feed.reset();
    expect(seen(await read(two, [MON]))).toEqual([0]);
    expect(shared.getMany([`day ${MON}`])[0]?.versions.day).toBe(0);
  });

  test('is not believed by a strong read', async () => {
    shared.putMany([{ key: `day ${MON}`, loaded: dayAt(MON, 9), ttlMs: TTL }]);
    expect(seen(await read(one, [MON], newRead({ exact: true })))).toEqual([0]);
  });
});

test('a value lives in the process no longer than where it came from', async () => {
  await read(one, [MON]);
  world.pass(TTL - 1_000);
  await read(two, [MON]);
  expect(two.cache.stats.shared.hits).toBe(1);
  world.pass(1_000);
  await read(two, [MON]);
  expect(world.loads).toHaveLength(2);
});

test.each(['getMany', 'putMany', 'claim', 'release', 'drop'] as const)(
  'nothing fails because of a store whose %s does',
  async (method) => {
    const broken: Store = { ...shared, [method]: () => Promise.reject(new Error('store is down')) };
    one = createInstance(world, { shared: broken });
    two = createInstance(world, { shared: broken });
    expect(seen(await read(one, [MON]))).toEqual([0]);
    const change = world.write(MON);
    two.feed.reset();
    two.feed.learn([change]);
    expect(seen(await read(two, [MON]))).toEqual([1]);
  },
);

test('what is found in the store may be given again until its lifetime ends, and no longer', async () => {
  await read(one, [MON]);
  const loadedAt = world.now();
  world.pass(1_000);
  const note = newRead();
  await read(two, [MON], note);
  expect(note.until).toBe(loadedAt + TTL);
});

test('without Postgres, what only the store has is waited for once', async () => {
  await read(one, [MON]);
  world.held = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
  two.feed.following = false;
  const first = newRead();
  expect(seen(await read(two, [MON], first))).toEqual([0]);
  expect(first.degraded).toBe(true);
  const loads = world.loads.length;
  shared.clear();
  const second = newRead();
  expect(seen(await read(two, [MON], second))).toEqual([0]);
  expect(second.degraded).toBe(true);
  expect(world.loads).toHaveLength(loads);
});

test.each([
  ['getMany', ['getMany']],
  ['claim', ['getMany', 'claim', 'getMany', 'release']],
] as const)('a store that does not answer %s is asked no more by that read', async (method, expected) => {
  const calls: string[] = [];
  const counted = (name: 'getMany' | 'claim' | 'release') =>
    [
      name,
      async (...args: [never, never, never]) => {
        calls.push(name);
        if (name === method) throw new Error('store is down');
        return shared[name](...args);
      },
    ] as const;
  const names = ['getMany', 'claim', 'release'] as const;
  one = createInstance(world, { shared: { ...shared, ...Object.fromEntries(names.map(counted)) } });
  expect(seen(await read(one, [MON]))).toEqual([0]);
  expect(calls).toEqual(expected);
});

test('what is found in the store counts as a hit, and what is loaded as a miss', async () => {
  await read(one, [MON]);
  const note = newRead();
  await read(two, [MON, TUE], note);
  expect(note).toMatchObject({ hits: 1, misses: 1, bypassed: 0 });
  expect(two.cache.stats).toMatchObject({
    process: { hits: 0, misses: { cold: 2 } },
    shared: { hits: 1 },
    loads: 1,
  });
});

function dayAt(day: string, version: number): Loaded<Seen> {
  const versions = { shop: 0, barber: 0, day: version };
  return { value: { day, version, hours: 0 }, versions, loadedAt: world.now() };
}

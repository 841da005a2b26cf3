import { beforeEach, describe, expect, test } from 'vitest';
import { newRead } from '../../../src/availability/source.ts';
import { createMemoryStore, type MemoryStore } from '../../../src/availability/store/memory-store.ts';
import type { Store } from '../../../src/availability/store/store.ts';
import { createInstance, createWorld, type Instance, query, TTL, type World } from '../world.ts';

const [MON, TUE, WED] = ['2026-11-23', '2026-11-24', '2026-11-25'];
const NONE = { cold: 0, expired: 0, tooOld: 0, evicted: 0, undecodable: 0, notFollowing: 0, away: 0 };

let world: World;
let memory: MemoryStore;
/** What the store between processes does to what it finds. */
let look: (found: ReturnType<Store['getMany']>) => ReturnType<Store['getMany']>;
let instance: Instance;

beforeEach(() => {
  world = createWorld();
  memory = createMemoryStore({ maxEntries: 1_000, clock: { now: world.now } });
  look = (found) => found;
  instance = create();
});

function create(maxEntries = 1_000): Instance {
  const shared: Store = { ...memory, getMany: async (keys) => look(memory.getMany(keys)) };
  return createInstance(world, { shared, maxEntries });
}

/** The misses of one read of these days, in the process and in the store between processes. */
async function missesOf(days: readonly string[], read = newRead()) {
  const { process, shared, misses } = instance.cache.stats;
  const before = structuredClone({ process: process.misses, shared: shared.misses, misses });
  await instance.cache.readMany(query(...days), read);
  const since = (now: typeof misses, then: typeof misses) =>
    Object.fromEntries(
      Object.entries(now)
        .map(([cause, count]) => [cause, count - then[cause as keyof typeof then]])
        .filter(([, count]) => count !== 0),
    );
  return {
    process: since(process.misses, before.process),
    shared: since(shared.misses, before.shared),
    misses: since(misses, before.misses),
  };
}

describe('a value is missed', () => {
  test('cold, where nobody has seen it yet', async () => {
    expect(await missesOf([MON])).toEqual({ process: { cold: 1 }, shared: { cold: 1 }, misses: { cold: 1 } });
  });

  test('because it expired, in both', async () => {
    await missesOf([MON]);
    world.pass(TTL);
    expect(await missesOf([MON])).toMatchObject({ process: { expired: 1 }, shared: { expired: 1 } });
  });

  test('because it is too old, here and there, also where it is there no more', async () => {
    await missesOf([MON, TUE]);
    instance.feed.learn([world.write(MON), world.write(TUE)]);
    memory.drop([`day ${TUE}`]);
    expect(await missesOf([MON, TUE])).toMatchObject({ process: { tooOld: 2 }, shared: { tooOld: 2 } });
  });

  test('because it was dropped when it was invalidated', async () => {
    await missesOf([MON]);
    instance.feed.learn([world.write(MON)]);
    for (const store of [instance.store, memory]) store.drop([`day ${MON}`]);
    expect(await missesOf([MON])).toMatchObject({ process: { tooOld: 1 }, shared: { tooOld: 1 } });
  });

  test('because it had to make room in the process, and not in the other store', async () => {
    instance = create(2);
    await missesOf([MON, TUE, WED]);
    expect(await missesOf([MON])).toEqual({ process: { evicted: 1 }, shared: {}, misses: {} });
    expect(instance.cache.stats.shared.hits).toBe(1);
  });

  test('because its time was over when it had made room', async () => {
    instance = create(1);
    await missesOf([MON, TUE]);
    world.pass(TTL);
    expect(await missesOf([MON])).toMatchObject({ process: { expired: 1 }, shared: { expired: 1 } });
  });

  test('because the store between processes lost it before its time', async () => {
    instance = create(1);
    await missesOf([MON, TUE]);
    memory.clear();
    expect(await missesOf([MON])).toMatchObject({
      process: { evicted: 1 },
      shared: { evicted: 1 },
      misses: { evicted: 1 },
    });
  });

  test('because that store lost what another instance had put there, which was seen once', async () => {
    await createInstance(world, { shared: memory }).cache.readMany(query(MON));
    instance = create(1);
    await missesOf([MON]);
    await missesOf([TUE]);
    memory.clear();
    expect(await missesOf([MON])).toMatchObject({ shared: { evicted: 1 } });
  });

  test('cold there, where it never got into that store', async () => {
    instance = createInstance(world, {
      maxEntries: 1,
      shared: { ...memory, putMany: () => Promise.reject(new Error('store is full')) },
    });
    await missesOf([MON, TUE]);
    expect(await missesOf([MON])).toMatchObject({ process: { evicted: 1 }, shared: { cold: 1 } });
  });

  test('because it cannot be read', async () => {
    look = () => ['undecodable', undefined];
    expect(await missesOf([MON, TUE])).toMatchObject({
      process: { cold: 2 },
      shared: { undecodable: 1, cold: 1 },
    });
  });

  test('because the store between processes is away', async () => {
    look = () => Promise.reject(new Error('store is down'));
    expect(await missesOf([MON])).toEqual({ process: { cold: 1 }, shared: { away: 1 }, misses: { away: 1 } });
  });

  test('because this instance does not follow, without a look anywhere', async () => {
    await missesOf([MON]);
    instance.feed.following = false;
    expect(await missesOf([MON])).toEqual({
      process: { notFollowing: 1 },
      shared: {},
      misses: { notFollowing: 1 },
    });
  });

  test('because this instance lost sight of changes while it looked', async () => {
    memory.putMany([{ key: `day ${MON}`, loaded: loadedNow(MON), ttlMs: TTL }]);
    look = (found) => {
      instance.feed.following = false;
      return found;
    };
    expect(await missesOf([MON])).toMatchObject({ process: { cold: 1 }, shared: { notFollowing: 1 } });
  });

  test('because it changed while the rest of the answer was looked for', async () => {
    await missesOf([MON]);
    look = (found) => {
      look = (again) => again;
      instance.feed.learn([world.write(MON)]);
      return found;
    };
    expect(await missesOf([MON, TUE])).toEqual({
      process: { cold: 1, tooOld: 1 },
      shared: { cold: 1 },
      misses: { cold: 1, tooOld: 1 },
    });
  });
});

describe('a strong read misses', () => {
  const exact = () => newRead({ exact: true });

  test('what is not there, what Postgres has newer, and nothing else, and looks into no store for it', async () => {
    await missesOf([MON, TUE]);
    world.write(TUE);
    expect(await missesOf([MON, TUE, WED], exact())).toEqual({
      process: { tooOld: 1, cold: 1 },
      shared: {},
      misses: { tooOld: 1, cold: 1 },
    });
    expect(instance.cache.stats).toMatchObject({ process: { hits: 1 }, loaded: 4 });
  });

  test('what expired', async () => {
    await missesOf([MON]);
    world.pass(TTL);
    expect(await missesOf([MON], exact())).toMatchObject({ process: { expired: 1 } });
  });

  test('what is of another history of the database', async () => {
    await missesOf([MON]);
    world.kind.current = async () => ({ at: world.now(), history: 'another', versions: [] });
    expect(await missesOf([MON], exact())).toMatchObject({ process: { tooOld: 1 } });
  });

  test('what it cannot compare, because Postgres is away', async () => {
    await missesOf([MON]);
    world.kind.current = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    await expect(instance.cache.readMany(query(MON), exact())).rejects.toThrow();
    expect(instance.cache.stats).toMatchObject({
      process: { hits: 0, misses: { notFollowing: 1 } },
      failed: 1,
    });
  });
});

test.each([
  ['plain', false],
  ['exact', true],
])('a warm-up counts in what it warmed and loaded alone (%s)', async (_, isExact) => {
  const warming = () => newRead({ warming: true, exact: isExact });
  await missesOf([MON], warming());
  await missesOf([MON], warming());
  instance.feed.following = false;
  await missesOf([TUE], warming());
  expect(instance.cache.stats).toMatchObject({
    process: { hits: 0, misses: NONE },
    shared: { hits: 0, misses: NONE },
    ...{ misses: NONE, loads: 2, loaded: 0, atOnce: 0, warmed: 2 },
  });
});

function loadedNow(day: string) {
  return {
    value: { day, version: 0, hours: 0 },
    versions: { shop: 0, barber: 0, day: 0 },
    loadedAt: world.now(),
  };
}

import { beforeEach, describe, expect, test } from 'vitest';
import { AvailabilityUnreachable } from '../../src/availability/reading/unreachable.ts';
import { type Loaded, newRead } from '../../src/availability/source.ts';
import {
  createGate,
  createInstance,
  createWorld,
  type Instance,
  query,
  type Seen,
  TTL,
  type World,
} from './world.ts';

const [MON, TUE, WED] = ['2026-11-23', '2026-11-24', '2026-11-25'];

let world: World;
let instance: Instance;

beforeEach(() => {
  world = createWorld();
  instance = createInstance(world);
});

function read(days: readonly string[], note = newRead(), { cache } = instance) {
  return cache.readMany(query(...days), note);
}

const seen = (values: readonly Loaded<Seen>[]) => values.map(({ value }) => value.version);

/** Everything that is due has been done. */
async function settled(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('a plain read', () => {
  test('loads what is not there, in one load, and answers in the order asked', async () => {
    world.write(TUE);
    const note = newRead();
    expect(seen(await read([MON, TUE, WED], note))).toEqual([0, 1, 0]);
    expect(world.loads).toEqual([[MON, TUE, WED]]);
    expect(note).toMatchObject({ hits: 0, misses: 3, bypassed: 0, degraded: false, asOf: world.now() });
  });

  test('answers without a promise when all is there, with the very same objects', async () => {
    const loaded = await read([MON, TUE]);
    const again = read([TUE, MON]);
    expect(again).toBeInstanceOf(Array);
    expect(again).toEqual([loaded[1], loaded[0]]);
    expect((await again)[0]).toBe(loaded[1]);
  });

  test('loads only what is missing', async () => {
    await read([TUE]);
    const note = newRead();
    await read([MON, TUE, WED], note);
    expect(world.loads).toEqual([[TUE], [MON, WED]]);
    expect(note).toMatchObject({ hits: 1, misses: 2 });
  });

  test('hands out what cannot be changed', async () => {
    const [first] = await read([MON]);
    expect(Object.isFrozen(first)).toBe(true);
    expect(Object.isFrozen(first?.value)).toBe(true);
  });

  test('loads again what is known to have changed, and nothing else', async () => {
    await read([MON, TUE]);
    instance.feed.learn([world.write(MON)]);
    expect(seen(await read([MON, TUE]))).toEqual([1, 0]);
    expect(world.loads).toEqual([[MON, TUE], [MON]]);
    expect(read([MON, TUE])).toBeInstanceOf(Array);
  });

  test('uses a value of versions that nobody has heard of yet', async () => {
    world.write(MON);
    await read([MON]);
    expect(seen(await read([MON]))).toEqual([1]);
    expect(world.loads).toHaveLength(1);
  });

  test('loads again at the end of the lifetime', async () => {
    await read([MON]);
    world.pass(TTL - 1);
    expect(read([MON])).toBeInstanceOf(Array);
    world.pass(1);
    await read([MON]);
    expect(world.loads).toHaveLength(2);
  });

  test.each([
    [0, 0.9],
    [0.25, 0.95],
  ])('keeps a value for a share less of its lifetime, by lot (%d)', async (random, share) => {
    instance = createInstance(world, { random: () => random });
    await read([MON]);
    world.pass(TTL * share - 1);
    expect(read([MON])).toBeInstanceOf(Array);
    world.pass(1);
    await read([MON]);
    expect(world.loads).toHaveLength(2);
  });

  test('never uses a value beyond its lifetime, whatever the lot', async () => {
    instance = createInstance(world, { random: () => 0.999 });
    await read([MON]);
    world.pass(TTL);
    await read([MON]);
    expect(world.loads).toHaveLength(2);
  });

  test('says since when it is exact: the last poll, or the load where that was later', async () => {
    await read([MON]);
    world.pass(50);
    const fresh = newRead();
    read([MON], fresh);
    expect(fresh.asOf).toBe(world.now() - 50);
    world.pass(10_000);
    const followed = newRead();
    read([MON], followed);
    expect(followed.asOf).toBe(world.now() - 100);
  });

  test('counts why it could not use what was there', async () => {
    await read([MON, TUE]);
    read([MON, TUE]);
    instance.feed.learn([world.write(MON)]);
    await read([MON, TUE]);
    world.pass(TTL);
    await read([TUE]);
    instance.feed.following = false;
    await read([WED]);
    expect(instance.cache.stats).toMatchObject({
      process: { hits: 3, misses: { cold: 2, tooOld: 1, expired: 1, notFollowing: 1 } },
      loads: 4,
    });
  });

  test('answers with nothing for what does not exist', async () => {
    world.kind.load = () => [Promise.resolve([])];
    expect(await read([MON])).toEqual([]);
    expect(await read([MON])).toEqual([]);
  });

  test("a fault of the source is the caller's, and the next one tries again", async () => {
    const { load } = world.kind;
    world.kind.load = () => [Promise.reject(new TypeError('no such column'))];
    await expect(read([MON])).rejects.toThrow(TypeError);
    world.kind.load = load;
    expect(seen(await read([MON]))).toEqual([0]);
  });
});

describe('many who miss the same', () => {
  test('share one load', async () => {
    const { held, open } = createGate();
    world.held = held;
    const all = Array.from({ length: 200 }, () => read([MON, TUE]));
    open();
    for (const values of await Promise.all(all)) expect(seen(values)).toEqual([0, 0]);
    expect(world.loads).toEqual([[MON, TUE]]);
  });

  test('share what overlaps, and load the rest', async () => {
    const { held, open } = createGate();
    world.held = held;
    const one = read([MON, TUE]);
    const two = read([TUE, WED]);
    open();
    expect([seen(await one), seen(await two)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(world.loads).toEqual([[MON, TUE], [WED]]);
  });

  test('share an error, and the next one loads again', async () => {
    const { held, open } = createGate();
    world.held = () => held().then(() => Promise.reject(new TypeError('no such column')));
    const all = Array.from({ length: 20 }, () => read([MON]));
    const outcomes = Promise.allSettled(all);
    open();
    for (const { status } of await outcomes) expect(status).toBe('rejected');
    world.held = () => undefined;
    expect(seen(await read([MON]))).toEqual([0]);
    expect(world.loads).toHaveLength(2);
  });

  test('share several errors at once', async () => {
    const { held, open } = createGate();
    world.held = () => held().then(() => Promise.reject(new TypeError('no such column')));
    const reads = [read([MON]), read([TUE]), read([MON, TUE]), read([TUE, MON])];
    const outcomes = Promise.allSettled(reads);
    open();
    for (const { status } of await outcomes) expect(status).toBe('rejected');
  });

  test('whoever waits while this instance loses sight of changes takes nothing read before', async () => {
    const { held, open } = createGate();
    world.held = held;
    const early = read([MON]);
    world.write(MON);
    const late = read([MON]);
    instance.feed.following = false;
    world.held = () => undefined;
    open();
    expect(seen(await late)).toEqual([1]);
    await early;
  });

  test('whoever comes after a change does not take what a slow load read before it', async () => {
    const { held, open } = createGate();
    world.held = held;
    const before = read([MON]);
    instance.feed.learn([world.write(MON)]);
    world.held = () => undefined;
    const after = read([MON]);
    open();
    expect(seen(await after)).toEqual([1]);
    expect(seen(await before)).toEqual([1]);
    // The two who load again share that as well.
    expect(world.loads).toHaveLength(2);
    expect(seen(await read([MON]))).toEqual([1]);
    expect(world.loads).toHaveLength(2);
  });

  test('a slow load that met a change takes the place of nothing newer', async () => {
    const { held, open } = createGate();
    world.held = held;
    const slow = read([MON]);
    const change = world.write(MON);
    world.held = () => undefined;
    world.pass(1_000);
    expect(seen(await read([MON]))).toEqual([1]);
    open();
    await slow;
    expect(instance.cache.stats.process.superseded).toBe(1);
    instance.feed.learn([change]);
    expect(read([MON])).toBeInstanceOf(Array);
  });

  test('what was found at first is looked at again when the rest took long', async () => {
    await read([MON]);
    const { held, open } = createGate();
    world.held = held;
    const both = read([MON, TUE]);
    await settled();
    instance.feed.learn([world.write(MON)]);
    world.held = () => undefined;
    open();
    expect(seen(await both)).toEqual([1, 0]);
  });

  test('a stream of changes does not keep a read for ever: what began after it was asked for will do', async () => {
    world.held = async () => {
      instance.feed.learn([world.write(MON)]);
      world.pass(500);
    };
    const note = newRead();
    const [value] = await read([MON], note);
    expect(value?.value.version).toBe(1);
    expect(world.loads).toHaveLength(2);
    // It is exact as of its load, and not a moment later.
    expect(note.asOf).toBe(value?.loadedAt);
  });

  test("nobody waits longer than a second for another's load", async () => {
    const { held, open } = createGate();
    world.held = held;
    const first = read([MON]);
    world.held = () => undefined;
    world.pass(1_000);
    expect(seen(await read([MON]))).toEqual([0]);
    expect(world.loads).toHaveLength(2);
    open();
    await first;
  });
});

describe('a read while this instance does not follow', () => {
  beforeEach(async () => {
    await read([MON]);
    instance.feed.following = false;
    world.loads.length = 0;
  });

  test('loads past the cache', async () => {
    world.write(MON);
    const note = newRead();
    expect(seen(await read([MON], note))).toEqual([1]);
    expect(note).toMatchObject({ hits: 0, misses: 0, bypassed: 1, degraded: false });
    await read([MON]);
    expect(world.loads).toHaveLength(2);
  });

  test('takes part in no load that began before it was asked for, and in one that begins after', async () => {
    const first = createGate();
    world.held = first.held;
    const early = read([MON]);
    world.write(MON);
    world.held = () => undefined;
    const late = Array.from({ length: 100 }, () => read([MON]));
    await settled();
    expect(world.loads).toHaveLength(1);
    first.open();
    await early;
    for (const values of await Promise.all(late)) expect(seen(values)).toEqual([1]);
    expect(world.loads).toHaveLength(2);
  });

  test('leaves what it loaded for later', async () => {
    world.write(MON);
    await read([MON]);
    instance.feed.following = true;
    expect(read([MON])).toBeInstanceOf(Array);
  });

  test('answers with the last known when Postgres cannot be reached, and says so', async () => {
    world.held = () => Promise.reject(refused);
    const note = newRead();
    expect(seen(await read([MON], note))).toEqual([0]);
    expect(note).toMatchObject({ degraded: true, hits: 0, bypassed: 0, asOf: world.now() });
    expect(instance.cache.stats.degraded).toBe(1);
  });

  test('does not ask again for a second, where it has an answer', async () => {
    world.held = () => Promise.reject(refused);
    await read([MON]);
    await read([MON]);
    expect(world.loads).toHaveLength(1);
    world.pass(1_000);
    world.held = () => undefined;
    const note = newRead();
    await read([MON], note);
    expect(note.degraded).toBe(false);
  });

  test.each([
    ['changed, as it knows', () => instance.feed.learn([world.write(MON)])],
    ['beyond its lifetime', () => world.pass(TTL)],
  ])('does not answer with what is %s', async (_, happen) => {
    happen();
    world.held = () => Promise.reject(refused);
    const failure = read([MON]);
    await expect(failure).rejects.toThrow(AvailabilityUnreachable);
    await expect(failure).rejects.toMatchObject({ code: 'unavailable', cause: refused });
  });

  test('fails as a whole where only part of the answer is known', async () => {
    world.held = () => Promise.reject(refused);
    await expect(read([MON, TUE])).rejects.toThrow(AvailabilityUnreachable);
  });

  test('passes on an error that is a fault', async () => {
    world.held = () => Promise.reject(new TypeError('no such column'));
    await expect(read([MON])).rejects.toThrow(TypeError);
  });
});

describe('a strong read', () => {
  const strong = () => newRead({ exact: true });

  test('compares versions in one statement, and uses what is equal', async () => {
    await read([MON, TUE, WED]);
    const note = strong();
    expect(seen(await read([MON, TUE, WED], note))).toEqual([0, 0, 0]);
    expect(world.checks).toBe(1);
    expect(world.loads).toHaveLength(1);
    expect(note).toMatchObject({ hits: 3, misses: 0, asOf: world.now() });
  });

  test('loads what differs, without having heard of it', async () => {
    await read([MON, TUE]);
    world.write(TUE);
    const note = strong();
    expect(seen(await read([MON, TUE], note))).toEqual([0, 1]);
    expect(note).toMatchObject({ hits: 1, misses: 1 });
  });

  test('does not need to follow', async () => {
    await read([MON]);
    instance.feed.following = false;
    world.write(MON);
    expect(seen(await read([MON], strong()))).toEqual([1]);
  });

  test('compares nothing where nothing is cached', async () => {
    await read([MON], strong());
    expect(world.checks).toBe(0);
    expect(world.loads).toHaveLength(1);
  });

  test('does not take what a load read that began before it', async () => {
    const { held, open } = createGate();
    world.held = held;
    const slow = read([MON]);
    world.write(MON);
    world.held = () => undefined;
    const after = read([MON], strong());
    await settled();
    open();
    expect(seen(await after)).toEqual([1]);
    await slow;
  });

  test('is not followed by a plain read that knows less', async () => {
    await read([MON]);
    world.write(MON);
    const { held, open } = createGate();
    world.held = held;
    const after = read([MON], strong());
    await settled();
    const plain = read([MON]);
    open();
    expect(seen(await plain)).toEqual([1]);
    await after;
  });

  test('does not use a value that is newer than the database: then it is another one', async () => {
    world.write(MON);
    await read([MON]);
    const value = instance.store.getMany(['day 2026-11-23'])[0];
    expect(value).toBeDefined();
    world.kind.current = async () => ({ at: world.now(), history: 'history', versions: [] });
    await read([MON], strong());
    expect(world.loads).toHaveLength(2);
  });

  test('fails when Postgres cannot be reached, whatever is cached', async () => {
    await read([MON]);
    world.kind.current = () => Promise.reject(refused);
    await expect(read([MON], strong())).rejects.toThrow(AvailabilityUnreachable);
    instance.feed.following = false;
    await expect(read([MON], strong())).rejects.toThrow(AvailabilityUnreachable);
  });
});

describe('a watcher', () => {
  function watched() {
    const asked: string[][] = [];
    let given = 0;
    const one = createInstance(world, {
      watch: (_, targets) => {
        asked.push(targets.map(({ day }) => day));
        return () => given++;
      },
    });
    return { one, asked, given: () => given };
  }

  test('sees each time that an answer is given, loaded or cached', async () => {
    const { one, asked, given } = watched();
    await read([MON, TUE], newRead(), one);
    read([MON, TUE], newRead(), one);
    read([MON, TUE], newRead(), one);
    expect(asked).toEqual([
      [MON, TUE],
      [MON, TUE],
    ]);
    expect(given()).toBe(3);
  });

  test('is told by whoever gives the same answer once more', async () => {
    const { one, given } = watched();
    await read([MON], newRead(), one);
    const note = newRead();
    read([MON], note, one);
    for (const seen of note.seen) seen();
    expect(given()).toBe(3);
  });

  test('does not see a warm-up, whose reads are no hits and no misses either', async () => {
    const { one, given } = watched();
    await read([MON], newRead({ warming: true }), one);
    read([MON], newRead({ warming: true }), one);
    expect(given()).toBe(0);
    expect(one.cache.stats).toMatchObject({ process: { hits: 0, misses: { cold: 0 } }, warmed: 1 });
  });
});

describe('a warm-up of what has to last', () => {
  const lasting = (ms: number) => newRead({ warming: true, lastingUntil: world.now() + ms });

  test('loads what ends before, and leaves what does not', async () => {
    await read([MON]);
    world.pass(TTL / 2);
    await read([TUE]);
    const note = lasting(0.6 * TTL);
    await read([MON, TUE], note);
    expect(world.loads).toEqual([[MON], [TUE], [MON]]);
    expect(note).toMatchObject({ hits: 1, misses: 1 });
    world.pass(0.6 * TTL);
    expect(read([MON])).toBeInstanceOf(Array);
  });

  test('loads everything anew where nothing can last that long, and comes to an end', async () => {
    await read([MON]);
    await read([MON], lasting(2 * TTL));
    expect(world.loads).toEqual([[MON], [MON]]);
  });
});

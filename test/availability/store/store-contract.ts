import { beforeEach, describe, expect, test } from 'vitest';
import type { Loaded } from '../../../src/availability/source.ts';
import type { Found, Store } from '../../../src/availability/store/store.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Lets time pass for the store. */
  readonly pass: (ms: number) => void | Promise<void>;
}

const A = 'fc:{shop:7}:day:1:2026-11-23';
const B = 'fc:{shop:7}:day:2:2026-11-23';
const C = 'fc:{shop:7}:rules';

function loaded(value: unknown, day = 1, loadedAt = 1_000): Loaded<unknown> {
  return { value, versions: { shop: 1, barber: 1, day }, loadedAt };
}

const entry = (key: string, value: Loaded<unknown>, ttlMs = 60_000) => ({ key, loaded: value, ttlMs });

/** What was found, however a store makes it. */
export function plain(found: readonly Found[]): Found[] {
  return found.map((one) => {
    if (one === undefined || one === 'undecodable') return one;
    const { shop, barber, day } = one.versions;
    return { value: one.value, versions: { shop, barber, day }, loadedAt: one.loadedAt };
  });
}

/** What every store has to do; each runs these very tests. */
export function describeStore(name: string, create: () => StoreUnderTest | Promise<StoreUnderTest>): void {
  describe(`${name} keeps to the contract of stores:`, () => {
    let store: Store;
    let pass: StoreUnderTest['pass'];

    beforeEach(async () => {
      ({ store, pass } = await create());
    });

    const read = async (keys: readonly string[]) => plain(await store.getMany(keys));

    test('values come in the order of their keys, with nothing where there is none', async () => {
      await store.putMany([entry(A, loaded('a')), entry(C, loaded({ c: [1, 2] }))]);
      expect(await read([C, B, A])).toEqual([loaded({ c: [1, 2] }), undefined, loaded('a')]);
    });

    test('it can be used', () => {
      expect(store.isAvailable()).toBe(true);
    });

    test('what was found cannot be changed by one who asked for another', async () => {
      await store.putMany([entry(A, loaded({ busy: [[600, 630]] }))]);
      const [found] = (await store.getMany([A])) as readonly Loaded<unknown>[];
      const { busy } = (found?.value ?? {}) as { busy: number[][] };
      expect(() => busy.push([0, 1])).toThrow(TypeError);
      expect(() => Object.assign(busy[0] ?? {}, [0])).toThrow(TypeError);
      expect(found?.value).toBe(found?.value);
    });

    test('no keys are no trouble', async () => {
      expect(await read([])).toEqual([]);
      expect(await store.putMany([])).toBe(0);
      expect(await store.claim([], 'one', 2_000)).toEqual([]);
      expect(await store.drop([])).toBe(0);
      await store.release([], 'one');
    });

    test('a value with all that it carries comes back as it was', async () => {
      const day = {
        value: {
          barberId: 1,
          date: '2026-11-23',
          startsAt: 1795410000000,
          minutes: 1440,
          working: [[540, 1140]],
          timeOff: [],
          busy: [
            [600, 635],
            [700, 730, 1795431234567],
          ],
          note: 'Ünïcode ✂',
          nothing: null,
        },
        versions: { shop: 12, barber: 0, day: 9_007_199_254_740_991 },
        loadedAt: 1795431234567,
      };
      await store.putMany([entry(A, day)]);
      expect(await read([A])).toEqual([day]);
    });

    test('a newer value replaces an older one', async () => {
      await store.putMany([entry(A, loaded('old', 1))]);
      expect(await store.putMany([entry(A, loaded('new', 2))])).toBe(1);
      expect(await read([A])).toEqual([loaded('new', 2)]);
    });

    test('an older value never replaces a newer one, and is counted as not stored', async () => {
      await store.putMany([entry(A, loaded('new', 2, 1_000))]);
      expect(await store.putMany([entry(A, loaded('old', 1, 9_000)), entry(B, loaded('b'))])).toBe(1);
      expect(await read([A, B])).toEqual([loaded('new', 2, 1_000), loaded('b')]);
    });

    test('of equal versions the later load is newer, and the same load is not', async () => {
      await store.putMany([entry(A, loaded('first', 1, 1_000))]);
      expect(await store.putMany([entry(A, loaded('same', 1, 1_000))])).toBe(0);
      expect(await store.putMany([entry(A, loaded('earlier', 1, 999))])).toBe(0);
      expect(await store.putMany([entry(A, loaded('later', 1, 1_001))])).toBe(1);
      expect(await read([A])).toEqual([loaded('later', 1, 1_001)]);
    });

    test('any of the versions makes a value newer', async () => {
      await store.putMany([entry(A, loaded('a'))]);
      for (const versions of [
        { shop: 2, barber: 1, day: 1 },
        { shop: 2, barber: 2, day: 1 },
        { shop: 2, barber: 2, day: 2 },
      ]) {
        expect(await store.putMany([entry(A, { value: 'b', versions, loadedAt: 0 })])).toBe(1);
      }
    });

    test('a value is gone when its time is over', async () => {
      await store.putMany([entry(A, loaded('a'), 10_000), entry(B, loaded('b'), 20_000)]);
      await pass(9_000);
      expect(await read([A, B])).toEqual([loaded('a'), loaded('b')]);
      await pass(2_000);
      expect(await read([A, B])).toEqual([undefined, loaded('b')]);
    });

    test('a value whose time is over does not stand in the way of an older one', async () => {
      await store.putMany([entry(A, loaded('new', 2), 10_000)]);
      await pass(11_000);
      expect(await store.putMany([entry(A, loaded('old', 1))])).toBe(1);
      expect(await read([A])).toEqual([loaded('old', 1)]);
    });

    test('a value that is replaced gets the time of the new one', async () => {
      await store.putMany([entry(A, loaded('a', 1), 10_000)]);
      await store.putMany([entry(A, loaded('b', 2), 60_000)]);
      await pass(30_000);
      expect(await read([A])).toEqual([loaded('b', 2)]);
    });

    test('it can tell how large a value is, which it need not hold for that', async () => {
      const [small, large] = [entry(A, loaded('a')), entry(A, loaded('a'.repeat(1_000)))].map((one) =>
        store.bytesOf(one),
      );
      expect(small).toBeLessThan(100);
      expect(Number(large) - Number(small)).toBeGreaterThanOrEqual(999);
      expect(Number(large) - Number(small)).toBeLessThan(1_100);
      expect(await read([A])).toEqual([undefined]);
    });

    test('dropping says how many values were there', async () => {
      await store.putMany([entry(A, loaded('a')), entry(B, loaded('b'), 10_000)]);
      await pass(11_000);
      expect(await store.drop([A, B, C])).toBe(1);
      expect(await store.drop([A])).toBe(0);
      expect(await read([A, B])).toEqual([undefined, undefined]);
    });

    test('of many who claim a key at once, one gets it', async () => {
      const owners = Array.from({ length: 20 }, (_, i) => `owner ${i}`);
      const claims = await Promise.all(owners.map(async (owner) => store.claim([A], owner, 2_000)));
      expect(claims.flat().filter(Boolean)).toHaveLength(1);
    });

    test('claims are answered key by key', async () => {
      expect(await store.claim([A, B], 'one', 2_000)).toEqual([true, true]);
      expect(await store.claim([B, C], 'two', 2_000)).toEqual([false, true]);
    });

    test('who holds a claim keeps it', async () => {
      await store.claim([A], 'one', 2_000);
      expect(await store.claim([A], 'one', 2_000)).toEqual([true]);
      expect(await store.claim([A], 'two', 2_000)).toEqual([false]);
    });

    test('a claim that was given back is free', async () => {
      await store.claim([A, B], 'one', 2_000);
      await store.release([A], 'one');
      expect(await store.claim([A, B], 'two', 2_000)).toEqual([true, false]);
    });

    test('nobody gives back what another holds', async () => {
      await store.claim([A], 'one', 2_000);
      await store.release([A, B], 'two');
      expect(await store.claim([A], 'three', 2_000)).toEqual([false]);
    });

    test("a claim whose owner died lapses, and the late owner cannot give back the next one's", async () => {
      await store.claim([A], 'dead', 2_000);
      await pass(1_900);
      expect(await store.claim([A], 'two', 2_000)).toEqual([false]);
      await pass(200);
      expect(await store.claim([A], 'two', 2_000)).toEqual([true]);
      await store.release([A], 'dead');
      expect(await store.claim([A], 'three', 2_000)).toEqual([false]);
    });

    test('a claim is no value, and a value no claim', async () => {
      await store.claim([A], 'one', 2_000);
      expect(await read([A])).toEqual([undefined]);
      expect(await store.drop([A])).toBe(0);
      await store.putMany([entry(B, loaded('b'))]);
      expect(await store.claim([B], 'one', 2_000)).toEqual([true]);
    });

    test("values and claims survive each other's end", async () => {
      await store.claim([A], 'one', 2_000);
      await store.putMany([entry(A, loaded('a'))]);
      await store.release([A], 'one');
      expect(await read([A])).toEqual([loaded('a')]);
    });
  });
}

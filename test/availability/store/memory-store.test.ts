import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../src/availability/store/memory-store.ts';
import { describeStore } from './store-contract.ts';

function create(maxEntries = 1_000) {
  let now = Date.parse('2026-11-22T15:00:00Z');
  const store = createMemoryStore({ maxEntries, clock: { now: () => now } });
  const pass = (ms: number) => {
    now += ms;
  };
  return { store, pass };
}

const loaded = (value: unknown) => ({ value, versions: { shop: 1, barber: 1, day: 1 }, loadedAt: 0 });

describeStore('the store in the process', () => create());

describe('the store in the process', () => {
  test('answers at once', () => {
    const { store } = create();
    expect(store.putMany([{ key: 'a', loaded: loaded(1), ttlMs: 1_000 }])).toBe(1);
    expect(store.getMany(['a'])).toEqual([loaded(1)]);
  });

  test('hands out the very object, frozen to the bottom', () => {
    const { store } = create();
    const value = loaded({ busy: [[600, 630]] });
    store.putMany([{ key: 'a', loaded: value, ttlMs: 1_000 }]);
    const [found] = store.getMany(['a']);
    expect(found).toBe(value);
    expect(() => value.versions.shop++).toThrow(TypeError);
    expect(() => Object.assign((value.value as { busy: number[][] }).busy[0] ?? {}, [1])).toThrow(TypeError);
  });

  test('what was refused is frozen all the same: its reader has it too', () => {
    const { store } = create();
    store.putMany([{ key: 'a', loaded: { ...loaded(1), loadedAt: 9 }, ttlMs: 1_000 }]);
    const late = loaded({ busy: [] });
    expect(store.putMany([{ key: 'a', loaded: late, ttlMs: 1_000 }])).toBe(0);
    expect(Object.isFrozen(late.value)).toBe(true);
  });

  test('holds no more values than it may, and lets go of those that nobody asked for', () => {
    const { store } = create(3);
    const put = (key: string) => store.putMany([{ key, loaded: loaded(key), ttlMs: 1_000 }]);
    for (const key of ['a', 'b', 'c']) put(key);
    store.get('a');
    put('d');
    expect(store.size).toBe(3);
    expect(store.getMany(['a', 'b', 'c', 'd']).map((found) => found?.value)).toEqual([
      'a',
      undefined,
      'c',
      'd',
    ]);
  });

  test('does not gather the claims of the dead', () => {
    const { store, pass } = create();
    for (let i = 0; i < 1_000; i++) {
      store.claim([`key ${i}`], 'dead', 2_000);
      pass(100);
    }
    expect(store.claims).toBeLessThanOrEqual(21);
  });

  test('is empty after it was cleared', () => {
    const { store } = create();
    store.putMany([{ key: 'a', loaded: loaded(1), ttlMs: 1_000 }]);
    store.claim(['a'], 'one', 2_000);
    store.clear();
    expect(store.getMany(['a'])).toEqual([undefined]);
    expect(store.claim(['a'], 'two', 2_000)).toEqual([true]);
  });

  test('knows how many values of a kind it holds, whatever becomes of them', () => {
    const { store, pass } = create(3);
    const put = (key: string, kind: 'days' | 'rules', loadedAt = 0) =>
      store.putMany([{ key, kind, loaded: { ...loaded(key), loadedAt }, ttlMs: 1_000 }]);
    const sizes = () => [store.sizeOf('days'), store.sizeOf('schedules'), store.sizeOf('rules')];
    put('a', 'days');
    put('b', 'days');
    put('r', 'rules');
    put('a', 'days', 1);
    expect(sizes()).toEqual([2, 0, 1]);
    put('c', 'days');
    put('d', 'days');
    expect(sizes()).toEqual([3, 0, 0]);
    store.drop(['c']);
    expect(sizes()).toEqual([2, 0, 0]);
    pass(1_000);
    store.getMany(['d']);
    expect(sizes()).toEqual([1, 0, 0]);
    store.clear();
    expect(sizes()).toEqual([0, 0, 0]);
  });

  test('remembers of what had to make room when it was loaded and of which versions, for as many as it holds', () => {
    const { store } = create(2);
    const put = (key: string) => store.putMany([{ key, loaded: loaded(key), ttlMs: 1_000, isStored: true }]);
    for (const key of ['a', 'b', 'c']) put(key);
    const { versions, loadedAt } = loaded('a');
    expect(store.trace('a')).toMatchObject({ loaded: { versions, loadedAt }, isStored: true });
    expect(store.trace('a')?.loaded).not.toHaveProperty('value');
    store.notStored([{ key: 'a', loaded: loaded('a'), ttlMs: 1_000 }]);
    expect(store.trace('a')?.isStored).toBe(false);
    for (const key of ['d', 'e']) put(key);
    expect(store.trace('a')).toBeUndefined();
    put('b');
    expect(store.trace('b')).toMatchObject({ loaded: { value: 'b' } });
  });
});

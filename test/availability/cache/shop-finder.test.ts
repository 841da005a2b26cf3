import { beforeEach, expect, test } from 'vitest';
import { createShopFinder, type ShopFinder } from '../../../src/availability/cache/shop-finder.ts';
import { createGate, createManualFeed, type ManualFeed } from '../world.ts';

let now: number;
let feed: ManualFeed;
let finder: ShopFinder;
/** What Postgres knows, and how often it was asked. */
let shops: Map<string, number>;
let looks: number;
/** What a look-up waits for, after it has looked. */
let held: () => Promise<void> | undefined;

const renamed = (version: number) => feed.learn([{ shopId: 1, barberId: 0, day: '', version }]);
const unreachable = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

beforeEach(() => {
  now = 0;
  feed = createManualFeed({ now: () => now });
  shops = new Map([['corner', 1]]);
  looks = 0;
  held = () => undefined;
  const source = {
    async find(slug = '') {
      looks += 1;
      const id = shops.get(slug);
      await held();
      return id;
    },
  };
  finder = createShopFinder(source, feed, () => now);
});

test('a change of a shop, own or not, is followed by a new look, and a change of a barber is not', async () => {
  await finder.find('corner');
  expect(finder.find('corner')).toBe(1);
  feed.learn([{ shopId: 1, barberId: 2, day: '', version: 1 }]);
  expect(finder.find('corner')).toBe(1);
  shops.set('corner', 2);
  renamed(1);
  expect(await finder.find('corner')).toBe(2);
});

test('another database is looked at anew', async () => {
  await finder.find('corner');
  shops.set('corner', 2);
  feed.reset();
  expect(await finder.find('corner')).toBe(2);
});

test('a look-up that began before a change is neither remembered nor joined after it', async () => {
  const gate = createGate();
  held = gate.held;
  const slow = finder.find('corner');
  shops.set('corner', 2);
  renamed(1);
  const joined = finder.find('corner');
  gate.open();
  expect([await slow, await joined]).toEqual([1, 2]);
  expect(finder.find('corner')).toBe(2);
  expect(looks).toBe(2);
});

test('who does not see what others change looks every time', async () => {
  await finder.find('corner');
  feed.following = false;
  shops.set('corner', 2);
  expect(await finder.find('corner')).toBe(2);
  shops.delete('corner');
  expect(await finder.find('corner')).toBeUndefined();
  expect(looks).toBe(3);
});

test('while Postgres is away what was found last is the answer, and for a second nobody asks again', async () => {
  await finder.find('corner');
  feed.following = false;
  held = () => Promise.reject(unreachable);
  expect(await finder.find('corner')).toBe(1);
  expect(await finder.find('corner')).toBe(1);
  expect(looks).toBe(2);
  now = 1_000;
  expect(await finder.find('corner')).toBe(1);
  expect(looks).toBe(3);
  await expect(finder.find('elsewhere')).rejects.toThrow('ECONNREFUSED');
});

test('a finder that is closed hears of nothing', async () => {
  await finder.find('corner');
  finder.close();
  renamed(1);
  expect(finder.find('corner')).toBe(1);
});

import { beforeEach, describe, expect, test } from 'vitest';
import { newRead } from '../../../src/availability/source.ts';
import { createDaysWorld, type DaysWorld } from '../days-world.ts';

const DAY = { shopId: 7, barberIds: [1], from: '2026-11-23', to: '2026-11-23' };
const OTHERS = { schedules: 3_600, rules: 86_400 };

let world: DaysWorld;

beforeEach(() => {
  world = createDaysWorld({ days: 300, ...OTHERS });
});

/** Loads so far, after one more read. */
async function read(): Promise<number> {
  await world.cached.load(DAY);
  return world.loads();
}

describe('a lifetime that is changed while values are cached', () => {
  test('is told, at most a day', () => {
    world.cached.setLifetimes({ days: 60, schedules: 86_401, rules: 1 });
    expect(world.cached.lifetimes()).toEqual({ days: 60, schedules: 86_400, rules: 1 });
  });

  test('ends the time of a value that is older than the new one, though an answer was made of it', async () => {
    expect(await read()).toBe(1);
    world.pass(100_000);
    expect(await read()).toBe(1);
    world.cached.setLifetimes({ days: 60, ...OTHERS });
    expect(await read()).toBe(2);
  });

  test('leaves a value alone that is young enough', async () => {
    await read();
    world.pass(59_000);
    world.cached.setLifetimes({ days: 60, ...OTHERS });
    expect(await read()).toBe(1);
    world.pass(1_000);
    expect(await read()).toBe(2);
  });

  test('holds for what is loaded from then on, where it is longer', async () => {
    await read();
    world.cached.setLifetimes({ days: 600, ...OTHERS });
    world.pass(301_000);
    expect(await read()).toBe(2);
    world.pass(599_000);
    expect(await read()).toBe(2);
    world.pass(1_000);
    expect(await read()).toBe(3);
  });

  test('an answer that was remembered under the old one is not given once more', async () => {
    await read();
    const one = newRead();
    await world.cached.load(DAY, one);
    const epoch = world.cached.epoch(DAY.shopId) ?? Number.NaN;
    expect(world.cached.exactAgain(DAY.shopId, epoch, one)).toBeDefined();
    world.cached.setLifetimes({ days: 60, ...OTHERS });
    expect(world.cached.exactAgain(DAY.shopId, epoch, one)).toBeUndefined();
  });

  test('makes nothing acceptable of which something has changed', async () => {
    await read();
    world.change(DAY.shopId, 1, DAY.from);
    world.cached.setLifetimes({ days: 86_400, ...OTHERS });
    expect(await read()).toBe(2);
  });
});

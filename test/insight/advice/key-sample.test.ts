import { beforeEach, describe, expect, test } from 'vitest';
import { createKeySample, type KeySample } from '../../../src/insight/advice/key-sample.ts';

const TTL = 300_000;
const HOUR = 3_600_000;

let now: number;
const clock = { now: () => now };

beforeEach(() => {
  now = 1_000_000;
});

function create(maxKeys: number, halfLifeMs = Number.POSITIVE_INFINITY): KeySample {
  return createKeySample({ clock, lifetime: () => TTL, maxKeys, halfLifeMs });
}

function target(n: number) {
  return { key: `key ${n}`, shopId: 1, barberId: n, day: '2026-11-23' };
}

/** The same numbers from 0 to 1 every time: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Reads by many, of whom a few keys are read far more often than all others, over an hour. */
function readBy(sample: KeySample, population: number, reads: number): void {
  const random = numbers();
  for (let i = 0; i < reads; i++) {
    now += HOUR / reads;
    sample.watch([target(Math.floor(population * random() ** 3))])?.();
  }
}

const ratesOf = (sample: KeySample) => {
  const { reads, hits } = sample.measured();
  return hits.map((n) => (100 * n) / reads);
};

describe('a sample of keys', () => {
  test('tells of 30,000 keys by 1,000 of them, to a few points', () => {
    const all = create(100_000);
    readBy(all, 30_000, 100_000);
    now = 1_000_000;
    const few = create(1_000);
    readBy(few, 30_000, 100_000);
    expect(few.measured().rate).toBeLessThan(0.1);
    expect(few.measured().keys).toBeLessThanOrEqual(1_000);
    for (const [i, rate] of ratesOf(all).entries())
      expect(Math.abs((ratesOf(few)[i] ?? 0) - rate)).toBeLessThan(4);
    const [, live = 0] = all.measured().live;
    const { live: sampled, rate } = few.measured();
    expect((sampled[1] ?? 0) / rate / live).toBeGreaterThan(0.85);
    expect((sampled[1] ?? 0) / rate / live).toBeLessThan(1.15);
  });

  test('asks nothing of an answer that holds none of it', () => {
    const sample = create(10);
    for (let n = 0; n < 10_000; n++) sample.watch([target(n)]);
    const watched = Array.from({ length: 10_000 }, (_, n) => sample.watch([target(n)]));
    expect(watched.filter((seen) => seen !== undefined).length).toBeLessThan(20);
  });

  test('forgets what was long not read, and then takes more again', () => {
    const sample = create(100);
    for (let n = 0; n < 10_000; n++) sample.watch([target(n)])?.();
    const small = sample.measured().rate;
    for (let minutes = 0; minutes < 60; minutes++) {
      now += 60_000;
      sample.watch([target(1)])?.();
    }
    expect(sample.measured().keys).toBeLessThanOrEqual(1);
    expect(sample.measured().rate).toBeGreaterThan(8 * small);
  });

  test('what was read an hour ago counts half of what is read now', () => {
    const sample = create(100, HOUR);
    const seen = sample.watch([target(1)]);
    for (let i = 0; i < 800; i++) seen?.();
    now += HOUR;
    expect(sample.measured().reads).toBeCloseTo(400);
    now += HOUR;
    expect(sample.measured().reads).toBeCloseTo(200);
  });

  test('an answer that is given again and again is counted each time, until its time is over', () => {
    const sample = create(100);
    const seen = sample.watch([target(1), target(2)]);
    for (let i = 0; i < 10; i++) seen?.();
    expect(sample.measured()).toMatchObject({ reads: 20, hits: [18, 18, 18, 18], live: [2, 2, 2, 2] });
    now += TTL / 2;
    seen?.();
    expect(sample.measured()).toMatchObject({ reads: 22, hits: [18, 20, 20, 20] });
    now += TTL / 2;
    seen?.();
    expect(sample.measured()).toMatchObject({ reads: 24, hits: [18, 20, 22, 22] });
    sample.forget('key 1');
    seen?.();
    expect(sample.measured()).toMatchObject({ reads: 26, hits: [19, 21, 23, 23] });
  });
});

import type { Target } from '../../availability/loading/target.ts';
import type { Seen } from '../../availability/loading/watcher.ts';
import type { Clock } from '../../clock.ts';
import { FACTORS, lifetimesOf, liveKeys, newSampledKey, readKey, type SampledKey } from './miniature.ts';

/** What the caches would have done, by factor. Counts are of sampled keys alone. */
export interface Measured {
  readonly keys: number;
  /** The share of all keys that is sampled. */
  readonly rate: number;
  readonly reads: number;
  readonly hits: readonly number[];
  /** Values that would lie there now. */
  readonly live: readonly number[];
}

export interface KeySample {
  /** To be called when this answer is given; undefined where it holds nothing of the sample. */
  watch(targets: readonly Target[]): Seen | undefined;
  /** What was loaded of this key before is of no more use. */
  forget(key: string): void;
  forgetAll(touched: (target: Target) => boolean): void;
  measured(): Measured;
}

export interface KeySampleOptions {
  readonly clock: Clock;
  /** The present lifetime (ms). The sample begins anew when it changes. */
  readonly lifetime: () => number;
  readonly maxKeys: number;
  /** After this long (ms) a read counts half: advice follows the present. */
  readonly halfLifeMs: number;
}

const FULL = 2 ** 32;
/** Counts fade in steps, and idle keys are looked for as often. */
const STEP_MS = 60_000;
/** Whoever was not read for so many lifetimes lies in none of the caches any more. */
const IDLE_LIFETIMES = 5;

/**
 * Follows the reads of a sample of keys through a miniature cache for each lifetime. A key is in the sample if its hash
 * is below a threshold, so that all reads of a key are seen or none; the threshold falls where there are too many keys:
 * SHARDS, Waldspurger, Park, Garthwaite and Ahmad, "Efficient MRC Construction with SHARDS", FAST '15; caches in
 * miniature: Waldspurger, Saemundsson, Ahmad and Park, "Cache Modeling and Optimization using Miniature Simulations",
 * ATC '17.
 */
export function createKeySample({ clock, lifetime, maxKeys, halfLifeMs }: KeySampleOptions): KeySample {
  const keys = new Map<string, SampledKey>();
  const hits = FACTORS.map(() => 0);
  /** Those that were hits in all of the caches are counted apart. */
  let reads = 0;
  let hitsInAll = 0;
  let threshold = FULL;
  /** Counts up whenever what a `Seen` knows of its keys may be wrong. */
  let generation = 0;
  let steppedAt = clock.now();
  let base = lifetime();
  let lifetimes = lifetimesOf(base);

  function scaleCounts(by: number): void {
    reads *= by;
    hitsInAll *= by;
    hits.forEach((n, i) => {
      hits[i] = n * by;
    });
  }

  function drop(isDropped: (key: SampledKey) => boolean): void {
    for (const [name, key] of keys) {
      if (!isDropped(key)) continue;
      key.dropped = true;
      keys.delete(name);
      generation += 1;
    }
  }

  const dropIdle = (now: number) => drop(({ readAt }) => now - readAt > IDLE_LIFETIMES * base);

  function setThreshold(next: number): void {
    scaleCounts(next / threshold);
    threshold = next;
    drop(({ hash }) => hash >= next);
  }

  /** Takes in that time has passed. A new lifetime makes every answer be put together anew, and so comes by here. */
  function advance(now: number): void {
    if (lifetime() !== base) {
      base = lifetime();
      lifetimes = lifetimesOf(base);
      scaleCounts(0);
      drop(() => true);
    }
    if (now - steppedAt < STEP_MS) return;
    scaleCounts(2 ** ((steppedAt - now) / halfLifeMs));
    steppedAt = now;
    dropIdle(now);
    if (keys.size < maxKeys / 4 && threshold < FULL) setThreshold(threshold * 2);
  }

  /** The key as it is sampled; undefined where it is not. */
  function keyFor(target: Target, now: number): SampledKey | undefined {
    const known = keys.get(target.key);
    if (known !== undefined) return known;
    const hash = hashOf(target);
    if (hash < threshold && keys.size >= maxKeys) dropIdle(now);
    while (hash < threshold && keys.size >= maxKeys) setThreshold(threshold / 2);
    if (hash >= threshold) return undefined;
    const key = newSampledKey(target, hash, now);
    keys.set(target.key, key);
    return key;
  }

  /** An answer is given often before anything in it changes: meanwhile its keys are counted together. */
  function seenOf(sampled: readonly SampledKey[]): Seen {
    let present = sampled;
    let knownAt = -1;
    let until = Number.NEGATIVE_INFINITY;
    return () => {
      const now = clock.now();
      if (now - steppedAt >= STEP_MS) advance(now);
      if (knownAt !== generation) {
        present = present.filter(({ dropped }) => !dropped);
        until = Number.NEGATIVE_INFINITY;
        knownAt = generation;
      }
      if (now < until) {
        hitsInAll += present.length;
        return;
      }
      reads += present.length;
      until = Number.POSITIVE_INFINITY;
      for (const key of present) until = Math.min(until, readKey(key, now, lifetimes, hits));
    };
  }

  function forgetKey(key: SampledKey | undefined): void {
    if (key === undefined || key.fresh === 0) return;
    key.fresh = 0;
    generation += 1;
  }

  return {
    watch(targets) {
      const now = clock.now();
      advance(now);
      const sampled: SampledKey[] = [];
      for (const target of targets) {
        const key = threshold === FULL || hashOf(target) < threshold ? keyFor(target, now) : undefined;
        if (key !== undefined) sampled.push(key);
      }
      return sampled.length === 0 ? undefined : seenOf(sampled);
    },
    forget: (name) => forgetKey(keys.get(name)),
    forgetAll(touched) {
      for (const key of keys.values()) if (touched(key.target)) forgetKey(key);
    },
    measured() {
      const now = clock.now();
      advance(now);
      const live = liveKeys(keys.values(), now, lifetimes);
      return {
        keys: keys.size,
        rate: threshold / FULL,
        reads: reads + hitsInAll,
        hits: hits.map((n) => n + hitsInAll),
        live,
      };
    },
  };
}

/** 32 bits: FNV-1a over the day, mixed as MurmurHash3 ends. */
function hashOf({ shopId, barberId, day }: Target): number {
  let hash = Math.imul(shopId, 0x9e3779b1) ^ Math.imul(barberId, 0x85ebca6b);
  for (let i = 0; i < day.length; i++) hash = Math.imul(hash ^ day.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

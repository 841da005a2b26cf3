import type { Target } from '../../availability/loading/target.ts';
import { LONGEST_LIFETIME } from '../../availability/versions.ts';

/** Multiples of the present lifetime, the shortest first. */
export const FACTORS = [0.5, 1, 2, 4] as const;

/** A key in a miniature cache for each factor: one that never has to make room, and whose loads last no time. */
export interface SampledKey {
  readonly target: Target;
  readonly hash: number;
  /** When it was last loaded, by factor (epoch ms). */
  readonly loadedAt: number[];
  /** Bit i: what was loaded into cache i may still be used, for as long as it lives. */
  fresh: number;
  readAt: number;
  dropped: boolean;
}

export function newSampledKey(target: Target, hash: number, now: number): SampledKey {
  const loadedAt = FACTORS.map(() => Number.NEGATIVE_INFINITY);
  return { target, hash, loadedAt, fresh: 0, readAt: now, dropped: false };
}

/** The lifetimes (ms), by factor; none is longer than a day. */
export function lifetimesOf(baseMs: number): readonly number[] {
  return FACTORS.map((factor) => Math.min(factor * baseMs, LONGEST_LIFETIME));
}

/**
 * Reads a key in all of the caches, and adds to the hits of each. Answers with until when reads of it are hits in all of
 * them, should nothing change.
 */
export function readKey(key: SampledKey, now: number, lifetimes: readonly number[], hits: number[]): number {
  let until = Number.POSITIVE_INFINITY;
  key.readAt = now;
  for (let i = 0; i < FACTORS.length; i++) {
    const lives = lifetimes[i] ?? 0;
    const loadedAt = key.loadedAt[i] ?? Number.NEGATIVE_INFINITY;
    if ((key.fresh & (1 << i)) !== 0 && now - loadedAt < lives) {
      hits[i] = (hits[i] ?? 0) + 1;
      until = Math.min(until, loadedAt + lives);
    } else {
      key.loadedAt[i] = now;
      key.fresh |= 1 << i;
      until = Math.min(until, now + lives);
    }
  }
  return until;
}

/** In how many of these caches' places the keys lie, usable or not. */
export function liveKeys(keys: Iterable<SampledKey>, now: number, lifetimes: readonly number[]): number[] {
  const live = FACTORS.map(() => 0);
  for (const { loadedAt } of keys)
    lifetimes.forEach((lives, i) => {
      if (now - (loadedAt[i] ?? Number.NEGATIVE_INFINITY) < lives) live[i] = (live[i] ?? 0) + 1;
    });
  return live;
}

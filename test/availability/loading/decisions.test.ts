import { describe, expect, test } from 'vitest';
import {
  isAcceptable,
  isJoinable,
  keepsLooking,
  mayUse,
  PATIENCE_MS,
  patience,
  type Standpoint,
  usesSharedStore,
} from '../../../src/availability/loading/decisions.ts';
import type { Loaded } from '../../../src/availability/source.ts';

const TTL = 300_000;
const old = loaded(1);
const current = loaded(2);

function loaded(day: number, loadedAt = 0): Loaded<undefined> {
  return { value: undefined, versions: { shop: 0, barber: 0, day }, loadedAt };
}

/** Somebody who knows of the second version. */
function standpoint(different: Partial<Standpoint> = {}): Standpoint {
  const known = { shop: 0, barber: 0, day: 2, since: Number.NEGATIVE_INFINITY };
  return { known, isFollowing: true, now: 1, ttlMs: TTL, ...different };
}

describe('what was cached', () => {
  test('is acceptable as long as nothing is known to be newer', () => {
    expect(isAcceptable(current, standpoint())).toBe(true);
    expect(isAcceptable(loaded(3), standpoint())).toBe(true);
    expect(isAcceptable(old, standpoint())).toBe(false);
  });

  test('is not acceptable at the end of its lifetime, or while changes are not seen', () => {
    expect(isAcceptable(current, standpoint({ now: TTL - 1 }))).toBe(true);
    expect(isAcceptable(current, standpoint({ now: TTL }))).toBe(false);
    expect(isAcceptable(current, standpoint({ isFollowing: false }))).toBe(false);
  });
});

describe('what somebody else loaded', () => {
  const joined = { isFresh: false, direct: false, round: 1 };

  test('is used if it would be acceptable in a cache', () => {
    expect(mayUse(current, joined, standpoint())).toBe(true);
    expect(mayUse(old, joined, standpoint())).toBe(false);
    expect(mayUse(current, joined, standpoint({ isFollowing: false }))).toBe(false);
    expect(mayUse(old, { ...joined, round: 2 }, standpoint())).toBe(false);
  });

  test('is never used by who wants nothing that was loaded before he asked', () => {
    expect(mayUse(current, { ...joined, direct: true }, standpoint())).toBe(false);
  });
});

describe('what was loaded after somebody asked', () => {
  const fresh = { isFresh: true, direct: false, round: 1 };

  test('is used whether changes are seen or not, and whatever the clock says', () => {
    const from = standpoint({ isFollowing: false, now: 2 * TTL });
    expect(mayUse(current, fresh, from)).toBe(true);
    expect(mayUse(current, { ...fresh, direct: true }, from)).toBe(true);
  });

  test('is loaded once more if something has changed since, but not for ever', () => {
    expect(mayUse(old, fresh, standpoint())).toBe(false);
    expect(mayUse(old, { ...fresh, round: 2 }, standpoint())).toBe(true);
  });
});

test('only a first load goes by way of the shared store, and none that must be past it', () => {
  expect(usesSharedStore({ direct: false, round: 1 })).toBe(true);
  expect(usesSharedStore({ direct: false, round: 2 })).toBe(false);
  expect(usesSharedStore({ direct: true, round: 1 })).toBe(false);
});

test('a load is joined for a second, and waited for no longer than that', () => {
  const [startedAt, end] = [500, 500 + PATIENCE_MS];
  expect(isJoinable(startedAt, end - 1)).toBe(true);
  expect(isJoinable(startedAt, end)).toBe(false);
  expect(isJoinable(Number.NEGATIVE_INFINITY, 0)).toBe(false);
  expect(patience(startedAt, end - 300)).toBe(300);
});

test("another process's load is looked for while changes are seen, for a second", () => {
  expect(keepsLooking(0, PATIENCE_MS - 1, true)).toBe(true);
  expect(keepsLooking(0, PATIENCE_MS, true)).toBe(false);
  expect(keepsLooking(0, 1, false)).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { explore, type Model, type Step } from './explore.ts';

/** A walk on a grid, which must not come to where `forbidden` says. */
function walk(size: number, forbidden?: string): Model<readonly [number, number]> {
  const keyOf = ([x, y]: readonly [number, number]) => `${x},${y}`;
  return {
    initial: [0, 0],
    keyOf,
    *steps([x, y]): Iterable<Step<readonly [number, number]>> {
      const ways = { right: [x + 1, y], left: [x - 1, y], up: [x, y + 1], down: [x, y - 1] } as const;
      for (const [name, state] of Object.entries(ways)) {
        if (Math.min(...state) < 0 || Math.max(...state) >= size) continue;
        yield { name, state, broken: keyOf(state) === forbidden ? 'stepped on the flowers' : undefined };
      }
    },
  };
}

describe('the explorer', () => {
  test('visits every state once, and says how many there are', () => {
    expect(explore(walk(10), 1_000)).toEqual({
      states: 100,
      transitions: 360,
      depth: 18,
      isExhaustive: true,
      violation: undefined,
    });
  });

  test('stops at its limit, and says that there is more', () => {
    const found = explore(walk(10), 99);
    expect(found).toMatchObject({ states: 99, isExhaustive: false });
  });

  test('finds the shortest way to what is broken', () => {
    const { violation } = explore(walk(10, '2,1'), 1_000);
    expect(violation?.broken).toBe('stepped on the flowers');
    expect(violation?.trace.toSorted()).toEqual(['right', 'right', 'up']);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clip,
  engulfs,
  type Interval,
  intersect,
  normalise,
  overlaps,
  shift,
  subtract,
} from '../../src/calendar/interval.ts';

const interval: fc.Arbitrary<Interval> = fc
  .tuple(fc.integer({ min: -20, max: 40 }), fc.nat(15))
  .map(([start, length]) => [start, start + length] as const);
const anyList = fc.array(interval, { maxLength: 8 });
const list = anyList.map(normalise);

const minutesIn = (intervals: readonly Interval[]): number[] => {
  const minutes = new Set<number>();
  for (const [start, end] of intervals) for (let minute = start; minute < end; minute++) minutes.add(minute);
  return [...minutes].sort((a, b) => a - b);
};

/** Sorted, not empty, with a gap between any two. */
function expectNormal(intervals: readonly Interval[]): void {
  let end = Number.NEGATIVE_INFINITY;
  for (const [from, to] of intervals) {
    expect(from).toBeGreaterThan(end);
    expect(to).toBeGreaterThan(from);
    end = to;
  }
}

describe('as documentation', () => {
  test('normalise sorts, drops what is empty and merges what overlaps or abuts', () => {
    expect(
      normalise([
        [600, 660],
        [540, 600],
        [700, 700],
        [650, 680],
      ]),
    ).toEqual([[540, 680]]);
  });

  test('subtracting lunch from a working day leaves two halves', () => {
    expect(subtract([[540, 1140]], [[720, 765]])).toEqual([
      [540, 720],
      [765, 1140],
    ]);
  });

  test('an interval that merely touches does not overlap', () => {
    expect(overlaps([[540, 600]], [600, 630])).toBe(false);
    expect(overlaps([[540, 600]], [599, 630])).toBe(true);
  });

  test('two halves with a break do not engulf what spans the break', () => {
    expect(
      engulfs(
        [
          [540, 720],
          [765, 1140],
        ],
        [700, 780],
      ),
    ).toBe(false);
    expect(
      engulfs(
        [
          [540, 720],
          [765, 1140],
        ],
        [690, 720],
      ),
    ).toBe(true);
  });
});

describe('laws against sets of minutes', () => {
  test('normalise keeps the minutes and is idempotent', () => {
    fc.assert(
      fc.property(anyList, (any) => {
        const normal = normalise(any);
        expectNormal(normal);
        expect(minutesIn(normal)).toEqual(minutesIn(any));
        expect(normalise(normal)).toEqual(normal);
      }),
    );
  });

  test('intersect, subtract and union are those of sets', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const [inA, inB] = [new Set(minutesIn(a)), new Set(minutesIn(b))];
        const both = intersect(a, b);
        const left = subtract(a, b);
        expectNormal(both);
        expectNormal(left);
        expect(minutesIn(both)).toEqual([...inA].filter((minute) => inB.has(minute)));
        expect(minutesIn(left)).toEqual([...inA].filter((minute) => !inB.has(minute)));
        expect(normalise([...left, ...both])).toEqual(a);
        expect(normalise([...a, ...b])).toEqual(normalise([...left, ...b]));
        expect(intersect(b, a)).toEqual(both);
        expect(subtract(a, left)).toEqual(both);
      }),
    );
  });

  test('clip, shift, engulfs and overlaps are those of sets', () => {
    fc.assert(
      fc.property(list, interval, fc.integer({ min: -50, max: 50 }), (a, one, by) => {
        const [inA, inOne] = [new Set(minutesIn(a)), minutesIn([one])];
        expect(minutesIn(clip(a, one))).toEqual(inOne.filter((minute) => inA.has(minute)));
        expect(minutesIn(shift(a, by))).toEqual([...inA].map((minute) => minute + by));
        expect(overlaps(a, one)).toBe(inOne.some((minute) => inA.has(minute)));
        fc.pre(inOne.length > 0);
        expect(engulfs(a, one)).toBe(inOne.every((minute) => inA.has(minute)));
      }),
    );
  });

  test('no verb changes its arguments', () => {
    fc.assert(
      fc.property(list, list, interval, (a, b, one) => {
        const frozen = (intervals: Interval[]) => Object.freeze(intervals.map((each) => Object.freeze(each)));
        const [x, y] = [frozen(a), frozen(b)];
        expect(() => [
          normalise(x),
          intersect(x, y),
          subtract(x, y),
          shift(x, 1),
          clip(x, one),
          engulfs(x, one),
          overlaps(x, one),
        ]).not.toThrow();
      }),
    );
  });
});

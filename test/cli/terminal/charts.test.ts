import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar, fitted, progressBar, rangeOf, shade, sparkline } from '../../../src/cli/terminal/charts.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const series = fc.array(fc.option(value), { maxLength: 300 });
const width = fc.integer({ min: 1, max: 120 });

describe('a sparkline', () => {
  it('rises from the lowest block to the highest', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], { lowest: 0, highest: 7 }, 8)).toBe('▁▂▃▄▅▆▇█');
  });

  it('shows a gap where nothing was measured', () => {
    expect(sparkline([1, null, 1], { lowest: 0, highest: 1 }, 3)).toBe('█·█');
  });

  it('of one value only is flat', () => {
    expect(sparkline([5, 5], { lowest: 5, highest: 5 }, 2)).toBe('▁▁');
  });

  it('is as long as its series, and never wider than there is room', () => {
    fc.assert(
      fc.property(series, width, (values, columns) => {
        const range = rangeOf(values) ?? { lowest: 0, highest: 0 };
        expect([...sparkline(values, range, columns)]).toHaveLength(Math.min(values.length, columns));
      }),
    );
  });
});

describe('values that share a column', () => {
  it('are shown by their mean, which lies between them', () => {
    expect(fitted([1, 3, null, 5], 2)).toEqual([2, 5]);
    fc.assert(
      fc.property(series, width, (values, columns) => {
        const range = rangeOf(values);
        const means = rangeOf(fitted(values, columns));
        expect(means === undefined).toBe(range === undefined);
        if (range === undefined) return;
        const rounding = 1e-9 * Math.max(Math.abs(range.lowest), Math.abs(range.highest));
        expect(means?.lowest).toBeGreaterThanOrEqual(range.lowest - rounding);
        expect(means?.highest).toBeLessThanOrEqual(range.highest + rounding);
      }),
    );
  });

  it('all count: none is left out and none is used twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }), (columns, each) => {
        const values = Array.from({ length: columns * each }, (_, i) => i);
        const sum = fitted(values, columns).reduce<number>((all, mean) => all + (mean ?? 0) * each, 0);
        expect(sum).toBeCloseTo(values.reduce((all, one) => all + one, 0));
      }),
    );
  });
});

describe('a bar', () => {
  it('is exact to an eighth of a column', () => {
    expect(bar(0.5, 4)).toBe('██');
    expect(bar(5 / 16, 2)).toBe('▋');
  });

  it('of what is not nothing can be seen, and only of nothing it cannot', () => {
    expect(bar(0.0001, 10)).toBe('▏');
    expect(bar(0, 10)).toBe('');
  });

  it('is never longer than there is room, and grows with its share', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, width, (a, b, columns) => {
        const [small, large] = [bar(Math.min(a, b), columns), bar(Math.max(a, b), columns)];
        expect(large.length).toBeLessThanOrEqual(columns);
        expect(small.length).toBeLessThanOrEqual(large.length);
      }),
    );
  });

  it('of progress is full when everything is done, and not before', () => {
    expect(progressBar(1, 4)).toBe('████');
    expect(progressBar(0.999, 4)).toBe('███░');
    expect(progressBar(0, 4)).toBe('░░░░');
  });
});

describe('a field of a heat map', () => {
  it('is empty for nothing, and a shade for each quarter', () => {
    const fields = [0, 0.01, 0.25, 0.26, 0.75, 1].map((share) => shade(share, 1));
    expect(fields).toEqual([' ', '░', '░', '▒', '▓', '█']);
  });
});

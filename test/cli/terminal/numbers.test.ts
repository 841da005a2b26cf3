import { describe, expect, it } from 'vitest';
import { bytes, count, measured, milliseconds, percent, seconds } from '../../../src/cli/terminal/numbers.ts';

describe('numbers are written', () => {
  it.each([
    [count(1_234_567), '1,234,567'],
    [percent(97.86), '97.9 %'],
    [percent(100), '100 %'],
    [percent(0), '0.0 %'],
    [milliseconds(0.0124), '0.012 ms'],
    [milliseconds(0.41), '0.41 ms'],
    [milliseconds(3.14), '3.1 ms'],
    [milliseconds(120.4), '120 ms'],
    [milliseconds(2_460), '2.5 s'],
    [milliseconds(184_220), '3 min 4 s'],
    [seconds(0.4), '0 s'],
    [seconds(300), '5 min'],
    [seconds(5_400), '1 h 30 min'],
    [seconds(93_784), '1 d 2 h'],
    [bytes(512), '512 B'],
    [bytes(1_500), '1.5 kB'],
    [bytes(999_999), '1.0 MB'],
    [bytes(441_000_000), '441 MB'],
    [measured(12, ''), '12'],
    [measured(70, '%'), '70.0 %'],
    [measured(441.2, 'MB'), '441 MB'],
  ])('for people: %s', (written, expected) => {
    expect(written).toBe(expected);
  });

  it('as a dash where nothing is known', () => {
    for (const format of [count, percent, milliseconds, seconds, bytes]) {
      expect([format(null), format(undefined), format(Number.NaN)]).toEqual(['–', '–', '–']);
    }
  });
});

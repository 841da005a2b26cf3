import { describe, expect, test } from 'vitest';
import { signalMeanings } from '../../src/cli/stop-signal.ts';

describe('a signal to end', () => {
  const meaningsAt = (...instants: number[]) => {
    let now = 0;
    const meaning = signalMeanings(() => now);
    return instants.map((instant) => {
      now = instant;
      return meaning();
    });
  };

  test('asks to stop', () => {
    expect(meaningsAt(5_000)).toEqual(['stop']);
  });

  test('counts once though npm passes it on, and it comes up to a second later', () => {
    expect(meaningsAt(5_000, 5_000, 5_030, 6_000)).toEqual([
      'stop',
      'the same again',
      'the same again',
      'the same again',
    ]);
  });

  test('is impatience later than that, and ends the process at once', () => {
    expect(meaningsAt(5_000, 6_001)).toEqual(['stop', 'end at once']);
  });

  test('does not put off impatience by being repeated in the meantime', () => {
    expect(meaningsAt(5_000, 5_900, 6_001)).toEqual(['stop', 'the same again', 'end at once']);
  });
});

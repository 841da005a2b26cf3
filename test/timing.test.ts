import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backoff, createPause, NoAnswer, within } from '../src/timing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('retries wait twice as long each time, up to a second, and a random half of that', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((failures) => backoff(failures, () => 1))).toEqual([
    50, 100, 200, 400, 800, 1_000, 1_000, 1_000,
  ]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, lot) => {
        const wait = backoff(failures, () => lot);
        expect(wait).toBeGreaterThanOrEqual(25);
        expect(wait).toBeLessThanOrEqual(1_000);
      },
    ),
  );
});

test('work that is done in time is just done', async () => {
  await expect(within(100, Promise.resolve('done'))).resolves.toBe('done');
  await expect(within(100, Promise.reject(new TypeError('fault')))).rejects.toThrow(TypeError);
});

test("work that is late is an error, and what becomes of it later nobody's business", async () => {
  let fail = (_: Error) => {};
  const work = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const late = expect(within(100, work)).rejects.toThrow(NoAnswer);
  await vi.advanceTimersByTimeAsync(101);
  await late;
  fail(new Error('too late'));
  await vi.advanceTimersByTimeAsync(0);
});

test('a process that was busy itself does not take the other side for silent', async () => {
  vi.useRealTimers();
  const answer = new Promise((resolve) => setTimeout(resolve, 25, 'there'));
  const waiting = within(20, answer);
  for (const until = performance.now() + 60; performance.now() < until; );
  await expect(waiting).resolves.toBe('there');
});

test('a pause ends by itself, or when somebody ends it', async () => {
  const pause = createPause();
  const over = pause.for(250);
  await vi.advanceTimersByTimeAsync(250);
  await over;
  const ended = pause.for(250);
  pause.end();
  await ended;
  pause.end();
});

/** Where the present comes from: epoch milliseconds. Passed in, so that time can be told in tests. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** An estimate of Postgres's clock, on top of the monotonic one; both in ms. */
export interface PostgresClock {
  /** Epoch ms, never ahead of Postgres's clock by more than drift: a hold must not seem to lapse early. */
  at(monotonic: number): number;
  /** Postgres read its clock as `at` between two monotonic instants. */
  calibrate(at: number, sent: number, received: number): void;
}

/**
 * Before anything is known it starts from `guess`. An answer bounds the offset between the clocks to a range
 * as wide as its round trip; of all that the ranges allow, the estimate is the earliest.
 */
export function createPostgresClock(guess: number, monotonic: number): PostgresClock {
  let offset = guess - monotonic;
  let calibrated = false;
  return {
    at: (instant) => instant + offset,
    calibrate(at, sent, received) {
      const [low, high] = [at - received, at - sent];
      // Above the range the clocks have drifted, or Postgres's was set back.
      if (!calibrated || offset < low || offset > high) offset = low;
      calibrated = true;
    },
  };
}

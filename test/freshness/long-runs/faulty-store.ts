import { createMemoryStore } from '../../../src/availability/store/memory-store.ts';
import type { Store, StoreEntry } from '../../../src/availability/store/store.ts';

/**
 * What becomes of a command: it is refused; done, but the answer is lost; given up, and done some time after; done,
 * and answered some time after; done and answered some time after.
 */
export type Fault = 'refused' | 'unanswered' | 'givenUp' | 'answeredLate' | 'doneLate';
export const FAULTS: readonly Fault[] = ['refused', 'unanswered', 'givenUp', 'answeredLate', 'doneLate'];

/** A store between processes that does what a test says, and nothing well. */
export interface FaultyStore extends Store {
  /** So many of the next commands meet this. */
  fail(fault: Fault, times: number): void;
  /** The oldest command that hangs goes on. */
  goOn(): void;
  /** Values and claims are gone. */
  lose(): void;
  /** One of the values that it ever held is back, in the place of what is there. */
  restore(nth: number): void;
  loseClaims(): void;
  /** A process has claimed them, and died. */
  leaveClaim(keys: readonly string[]): void;
}

export function createFaultyStore(now: () => number): FaultyStore {
  const memory = createMemoryStore({ maxEntries: 100, clock: { now } });
  const faults: Fault[] = [];
  const hanging: (() => void)[] = [];
  const everHeld: StoreEntry[] = [];
  const everClaimed: { readonly keys: readonly string[]; readonly owner: string }[] = [];

  async function command<T>(work: () => T): Promise<T> {
    const fault = faults.shift();
    if (fault === undefined) return work();
    if (fault === 'doneLate') return new Promise((resolve) => hanging.push(() => resolve(work())));
    if (fault === 'answeredLate') {
      const done = work();
      return new Promise((resolve) => hanging.push(() => resolve(done)));
    }
    if (fault === 'unanswered') work();
    if (fault === 'givenUp') hanging.push(work);
    throw new Error(`The store has a fault: ${fault}`);
  }

  return {
    getMany: (keys) => command(() => memory.getMany(keys)),
    putMany: (entries) =>
      command(() => {
        everHeld.push(...entries);
        return memory.putMany(entries);
      }),
    claim: (keys, owner, ttlMs) =>
      command(() => {
        everClaimed.push({ keys, owner });
        return memory.claim(keys, owner, ttlMs);
      }),
    release: (keys, owner) => command(() => memory.release(keys, owner)),
    drop: (keys) => command(() => memory.drop(keys)),
    bytesOf: memory.bytesOf,
    isAvailable: () => true,
    fail(fault, times) {
      faults.push(...Array.from({ length: times }, () => fault));
    },
    goOn: () => hanging.shift()?.(),
    lose: () => memory.clear(),
    restore(nth) {
      const entry = everHeld[nth % Math.max(1, everHeld.length)];
      if (entry === undefined) return;
      memory.drop([entry.key]);
      memory.putMany([entry]);
    },
    leaveClaim(keys) {
      memory.claim(keys, 'dead', 2_000);
    },
    loseClaims() {
      for (const { keys, owner } of everClaimed) memory.release(keys, owner);
    },
  };
}

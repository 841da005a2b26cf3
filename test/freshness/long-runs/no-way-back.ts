import { expect } from 'vitest';
import type { Kept, MemoryStore } from '../../../src/availability/store/memory-store.ts';
import { isBelow } from '../../../src/availability/versions.ts';

/** Looks at a cache now and then: what lies there may be replaced by something newer, while its time is not over. */
export function watchCache(store: MemoryStore, keys: readonly string[], now: () => number): () => void {
  const seen = new Map<string, Kept>();
  return () => {
    for (const key of keys) {
      const before = seen.get(key);
      const kept = store.peek(key);
      if (kept === undefined) continue;
      seen.set(key, kept);
      if (before === undefined || before.keptUntil <= now()) continue;
      expect(isBelow(kept.loaded.versions, before.loaded.versions), `${key} went back`).toBe(false);
    }
  };
}

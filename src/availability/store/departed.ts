import type { Loaded } from '../source.ts';

/** What is remembered of a value that lay in the process, so that it can be told why it is missed. */
export interface Trace {
  readonly loaded: Omit<Loaded<unknown>, 'value'>;
  /** Epoch ms until which it was to be kept. */
  readonly keptUntil: number;
  /** Whether the store between processes is known to have had it, too. */
  isStored: boolean;
}

/** Values that had to make room, or were dropped: the last so many, about 150 bytes each. */
export interface Departed {
  add(key: string, trace: Trace): void;
  get(key: string): Trace | undefined;
  delete(key: string): void;
  clear(): void;
}

export function createDeparted(max: number): Departed {
  // In the order in which they went, so that the first is forgotten first.
  const traces = new Map<string, Trace>();
  return {
    add(key, { loaded, keptUntil, isStored }) {
      const { shop, barber, day } = loaded.versions;
      // A copy: the value itself is what had to make room.
      const what = { versions: { shop, barber, day }, loadedAt: loaded.loadedAt };
      traces.delete(key);
      traces.set(key, { loaded: what, keptUntil, isStored });
      for (const [oldest] of traces) {
        if (traces.size <= max) return;
        traces.delete(oldest);
      }
    },
    get: (key) => traces.get(key),
    delete(key) {
      if (traces.size > 0) traces.delete(key);
    },
    clear: () => traces.clear(),
  };
}

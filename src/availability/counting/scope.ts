import { AsyncLocalStorage } from 'node:async_hooks';

/** Values that were read of caches within a call, and all that it called. */
export interface Scope {
  hits: number;
  misses: number;
  /** Loaded past a cache. */
  bypassed: number;
}

const storage = new AsyncLocalStorage<Scope>();
/** Calls that are under way: while there are none, a read need not look for its own. */
let open = 0;

/** Where reads are noted that are made just here. */
export function currentScope(): Scope | undefined {
  return open === 0 ? undefined : storage.getStore();
}

/** Calls `call` with a scope of its own; what that is inside another one is noted in the inner one alone. */
export function withScope<T>(call: () => T): { readonly result: T; readonly scope: Scope; close(): void } {
  const scope: Scope = { hits: 0, misses: 0, bypassed: 0 };
  open += 1;
  let isOpen = true;
  const close = () => {
    if (isOpen) open -= 1;
    isOpen = false;
  };
  try {
    return { result: storage.run(scope, call), scope, close };
  } catch (error) {
    close();
    throw error;
  }
}

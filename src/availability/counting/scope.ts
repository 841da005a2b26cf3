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

/** Where the reads that are made just here are noted. */
export function currentScope(): Scope | undefined {
  return open === 0 ? undefined : storage.getStore();
}

/**
 * Notes in `scope` what is read within `call`; of calls within each other, in the inner one alone. Then, before whoever
 * called goes on, `answered` or `failed` is told, when what it answers with is a promise of that.
 */
export function withScope<T>(
  scope: Scope,
  call: () => T,
  answered: (result: unknown) => void,
  failed: (error: unknown) => void,
): T {
  open += 1;
  const end = (tell: () => void) => {
    open -= 1;
    tell();
  };
  let result: T;
  try {
    result = storage.run(scope, call);
  } catch (error) {
    end(() => failed(error));
    throw error;
  }
  if (!(result instanceof Promise)) {
    end(() => answered(result));
    return result;
  }
  const settled = result.then(
    (value) => {
      end(() => answered(value));
      return value;
    },
    (error: unknown) => {
      end(() => failed(error));
      throw error;
    },
  );
  // The same type: a promise of the same.
  return settled as T;
}

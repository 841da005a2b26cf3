import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Away } from './client.ts';
import { onConnection } from './connection.ts';

export interface Resource<T> {
  /** The last answer, also while it is asked again, so that nothing on the page jumps. */
  readonly value: T | undefined;
  /** Why the last attempt failed. */
  readonly error: unknown;
  readonly loading: boolean;
  /** Whether `value` answers what is asked for now, not what was asked for before. */
  readonly current: boolean;
  reload(): void;
}

/** The server may come back at any moment; nobody should have to press a button for it. */
const RETRY_MS = 3_000;

/**
 * What `load` answers for this `key`, asked again when the key changes; an undefined key asks for nothing. What the
 * server cannot answer is asked again until it can.
 */
export function useResource<T>(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<T>,
): Resource<T> {
  const [state, set] = useState<{ key?: string; value?: T; error?: unknown; loading: boolean }>({
    loading: key !== undefined,
  });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const reload = useCallback(() => setRound((n) => n + 1), []);

  useEffect(() => {
    if (key === undefined) return;
    const stop = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    set((before) => ({ ...before, loading: true }));
    latest.current(stop.signal).then(
      (value) => !stop.signal.aborted && set({ key, value, loading: false }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        set((before) => ({ ...before, error, loading: false }));
        if (error instanceof Away) retry = setTimeout(reload, RETRY_MS);
      },
    );
    const forget = onConnection((now) => now === 'here' && retry !== undefined && reload());
    return () => {
      stop.abort();
      clearTimeout(retry);
      forget();
    };
  }, [key, round, reload]);

  const { value, error, loading } = state;
  return { value, error, loading, current: state.key === key && value !== undefined, reload };
}

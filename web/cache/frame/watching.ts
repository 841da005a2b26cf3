import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { Away } from '../../api/client.ts';
import { type Resource, useResource } from '../../api/resource.ts';

/** Whether what is shown is asked for again and again: somebody looks, and has not paused it. */
export const Watching = createContext(true);

/** Whether the page can be seen: in the background nothing is asked for. */
export function useVisible(): boolean {
  const [visible, set] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => set(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}

/**
 * A resource that is asked for again `everyMs` after each answer, so that a slow server is never asked twice at once;
 * and immediately when somebody looks again after a longer time.
 */
export function usePolled<T>(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<T>,
  everyMs: number,
): Resource<T> {
  const watching = useContext(Watching);
  const resource = useResource(key, load);
  const { loading, reload } = resource;
  const answeredAt = useRef(0);
  useEffect(() => {
    if (!loading) answeredAt.current = performance.now();
  }, [loading]);
  useEffect(() => {
    if (!watching || loading || key === undefined) return;
    const passed = performance.now() - answeredAt.current;
    const timer = setTimeout(reload, Math.max(0, everyMs - passed));
    return () => clearTimeout(timer);
  }, [key, watching, loading, everyMs, reload]);
  return resource;
}

/**
 * What to say above what is shown. That the server is away the page says itself, and what was read before still stands;
 * but who was signed out, or may not look any more, must not take old figures for live ones.
 */
export function readFault<T>({ value, error }: Resource<T>): unknown {
  return value !== undefined && error instanceof Away ? undefined : error;
}

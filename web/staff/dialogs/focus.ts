import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Of a step of a dialog: the focus goes to the first thing in it that takes it, when the step begins. */
export function useFocus<E extends HTMLElement>(isWanted = true): RefObject<E | null> {
  const place = useRef<E>(null);
  const wanted = useRef(isWanted);
  useEffect(() => {
    if (wanted.current) place.current?.querySelector<HTMLElement>('button, input, select')?.focus();
  }, []);
  return place;
}

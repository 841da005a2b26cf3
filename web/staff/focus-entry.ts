import { useEffect, useRef } from 'preact/hooks';

/**
 * The focus on what the calendar or the list shows, by its id, `booking-17`: it survives being drawn anew. Where
 * what had it is gone, the heading gets it instead of nobody.
 */
export function useFocusKept(drawn: unknown): void {
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    const remember = ({ target }: Event) => {
      last.current = target instanceof Element ? entryOf(target) : undefined;
    };
    // A press beside everything is somebody's own wish.
    for (const event of ['focusin', 'pointerdown']) document.addEventListener(event, remember);
    return () => {
      for (const event of ['focusin', 'pointerdown']) document.removeEventListener(event, remember);
    };
  }, []);
  useEffect(() => {
    // The calendar draws behind us, before the next frame.
    const frame = requestAnimationFrame(() => last.current !== undefined && focusEntry(last.current));
    return () => cancelAnimationFrame(frame);
  }, [drawn]);
}

/** Only where the focus has gone nowhere. */
export function focusEntry(id: string | undefined): void {
  const focused = document.activeElement;
  if (focused !== null && focused !== document.body) return;
  const entry = id === undefined ? null : document.querySelector<HTMLElement>(`[data-entry="${id}"]`);
  (entry ?? document.querySelector('h1'))?.focus();
}

function entryOf(element: Element): string | undefined {
  const entry = element.closest('[data-entry]');
  return entry instanceof HTMLElement ? entry.dataset.entry : undefined;
}

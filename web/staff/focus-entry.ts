/** The focus on what the calendar or the list shows, by its id, `booking-17`: it survives being drawn anew. */

export function focusedEntry(): string | undefined {
  const focused = document.activeElement;
  return focused instanceof HTMLElement ? focused.dataset.entry : undefined;
}

/** Only where the focus has gone nowhere. False where there is no such entry. */
export function focusEntry(id: string | undefined): boolean {
  const focused = document.activeElement;
  if (focused !== null && focused !== document.body) return true;
  if (id === undefined) return false;
  const entry = document.querySelector<HTMLElement>(`[data-entry="${id}"]`);
  entry?.focus();
  return entry !== null;
}

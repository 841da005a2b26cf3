import { useEffect, useState } from 'preact/hooks';
import { useScope } from '../frame/scope.ts';

/**
 * What was typed and not saved yet, by the name of the form. It is kept beside the page's parts, not in them, so that
 * whoever looks at another section meanwhile finds it as it was.
 */
const drafts = new Map<string, unknown>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function guard(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function keep(key: string, value: unknown): void {
  drafts.set(key, value);
  addEventListener('beforeunload', guard);
  tell();
}

function forget(key: string): void {
  drafts.delete(key);
  if (drafts.size === 0) removeEventListener('beforeunload', guard);
  tell();
}

/** What was sent and taken, until what is read again shows it; `over` is what was read before, as JSON. */
const sent = new Map<string, { readonly value: unknown; readonly over: string }>();

export interface Draft<T> {
  readonly value: T;
  /** Whether it differs from what is saved. */
  readonly dirty: boolean;
  change(next: T): void;
  /** Back to what is saved. */
  discard(): void;
  /** `value` is saved; what was typed since it was sent stays, and waits. Whether nothing does. */
  settle(): boolean;
}

/** A form's content: what was typed, else what is saved. `T` is plain data. */
export function useDraft<T>(name: string, read: T): Draft<T> {
  useDraftChanges();
  const key = useKey(name);
  const over = JSON.stringify(read);
  if (sent.get(key)?.over !== over) sent.delete(key);
  // Only a form of this type writes under its name.
  const saved = (sent.get(key)?.value ?? read) as T;
  const dirty = drafts.has(key);
  const value = dirty ? (drafts.get(key) as T) : saved;
  return {
    value,
    dirty,
    change: (next) => (JSON.stringify(next) === JSON.stringify(saved) ? forget(key) : keep(key, next)),
    discard: () => forget(key),
    settle: () => {
      // Also where it was typed back to what was saved then.
      const shown = drafts.has(key) ? (drafts.get(key) as T) : saved;
      const isAll = JSON.stringify(shown) === JSON.stringify(value);
      sent.set(key, { value, over });
      if (isAll) forget(key);
      else keep(key, shown);
      return isAll;
    },
  };
}

/** Whether anything below this name waits to be saved. */
export function useHasDrafts(name: string): boolean {
  useDraftChanges();
  const prefix = useKey(name);
  return [...drafts.keys()].some((key) => key.startsWith(prefix));
}

/** What is typed for one shop is not typed for another. */
function useKey(name: string): string {
  return `${useScope().shop.id}/${name}`;
}

function useDraftChanges(): void {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((n) => n + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
}

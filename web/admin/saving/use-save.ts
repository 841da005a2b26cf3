import { useRef, useState } from 'preact/hooks';
import { useOnce } from '../../api/once.ts';
import { toast } from '../../ui/toast.tsx';
import type { Conflict } from '../wire.ts';

export interface Save {
  readonly busy: boolean;
  /** Why the last attempt failed; what was typed is still there. */
  readonly error: unknown;
  /** The bookings that the last change conflicts with. */
  readonly conflicts: readonly Conflict[];
  /**
   * Does it, once at a time, and says `done` where it conflicts with nothing. Resolves to what `work` answers; to
   * undefined where that failed.
   */
  run<T>(work: () => Promise<T>, done: Done<T>): Promise<T | undefined>;
  /**
   * The same for what must not be done twice. What is `asked` again after its answer got lost is sent again as it was,
   * under the same key.
   */
  once<T>(asked: object, work: (headers: KeyHeader) => Promise<T>, done: Done<T>): Promise<T | undefined>;
  /** Takes the faults away: a dialog that opens begins without those of the last time. */
  forgive(): void;
  /** Takes the faults away, and the conflicts. */
  clear(): void;
}

type KeyHeader = Readonly<Record<'idempotency-key', string>>;

interface Done<T> {
  /** Undefined: nothing is to be said after all. */
  readonly said: string | ((answer: T) => string | undefined);
  readonly undo?: (answer: T) => { readonly label: string; readonly run: () => void };
}

/** One thing that is being saved, and what came of it. */
export function useSave(): Save {
  const [state, set] = useState<Pick<Save, 'busy' | 'error' | 'conflicts'>>(NOTHING);
  const running = useRef(false);
  const once = useOnce<unknown>();

  async function run<T>(work: () => Promise<T>, { said, undo }: Done<T>): Promise<T | undefined> {
    if (running.current) return undefined;
    running.current = true;
    set((before) => ({ ...before, busy: true }));
    try {
      const answer = await work();
      const conflicts = conflictsOf(answer);
      set({ busy: false, error: undefined, conflicts });
      const text = typeof said === 'string' ? said : said(answer);
      if (conflicts.length === 0 && text !== undefined)
        toast({ text, kind: 'good', ...(undo && { action: undo(answer) }) });
      return answer;
    } catch (error) {
      set({ busy: false, error, conflicts: [] });
      return undefined;
    } finally {
      running.current = false;
    }
  }

  return {
    ...state,
    run,
    once: (asked, work, done) => {
      const send = (key: string) => work({ 'idempotency-key': key });
      // What is asked again has the same type of answer.
      return run(() => once(asked, send) as ReturnType<typeof work>, done);
    },
    forgive: () => set((before) => ({ ...before, error: undefined })),
    clear: () => set(NOTHING),
  };
}

const NOTHING = { busy: false, error: undefined, conflicts: [] };

function conflictsOf(answer: unknown): readonly Conflict[] {
  const conflicts: unknown = Object(answer).conflicts;
  return Array.isArray(conflicts) ? conflicts : [];
}

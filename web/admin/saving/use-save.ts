import { useRef, useState } from 'preact/hooks';
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
  /** Takes the faults away, and the conflicts. */
  clear(): void;
}

interface Done<T> {
  /** Undefined: nothing is to be said after all. */
  readonly said: string | ((answer: T) => string | undefined);
  readonly undo?: (answer: T) => { readonly label: string; readonly run: () => void };
}

/** One thing that is being saved, and what came of it. */
export function useSave(): Save {
  const [state, set] = useState<Omit<Save, 'run' | 'clear'>>(NOTHING);
  const running = useRef(false);
  return {
    ...state,
    clear: () => set(NOTHING),
    run: async (work, { said, undo }) => {
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
    },
  };
}

const NOTHING = { busy: false, error: undefined, conflicts: [] };

function conflictsOf(answer: unknown): readonly Conflict[] {
  const conflicts: unknown = Object(answer).conflicts;
  return Array.isArray(conflicts) ? conflicts : [];
}

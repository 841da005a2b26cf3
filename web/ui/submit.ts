import { useRef, useState } from 'preact/hooks';

export interface Submission {
  /** While it is under way a second press does nothing. */
  readonly busy: boolean;
  /** Why the last attempt failed. */
  readonly error: unknown;
  /** For `onSubmit` and `onClick`. */
  run(event?: Event): void;
}

/** What a form or a button does when it is pressed. */
export function useSubmit(work: () => Promise<void>): Submission {
  const [state, set] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  // Two presses come quicker than a state.
  const busy = useRef(false);
  const ended = (error?: unknown) => {
    busy.current = false;
    set({ busy: false, error });
  };
  return {
    busy: state.busy,
    error: state.error,
    run(event) {
      event?.preventDefault();
      if (busy.current) return;
      busy.current = true;
      set({ busy: true });
      work().then(() => ended(), ended);
    },
  };
}

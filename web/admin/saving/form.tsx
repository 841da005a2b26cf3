import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { ErrorNotice } from '../../ui/notice.tsx';
import type { Draft } from './drafts.ts';
import { focusFault } from './faults.ts';
import { SaveBar } from './save-bar.tsx';
import type { Save } from './use-save.ts';

export interface SavedFormProps {
  readonly draft: Draft<unknown>;
  readonly save: Save;
  /** Sends what was typed; resolves to whether it is saved. */
  readonly onSubmit: () => Promise<boolean>;
  readonly children: ComponentChildren;
}

/** A card of fields with its bar for saving; whoever left a fault is brought to it. */
export function SavedForm({ draft, save, onSubmit, children }: SavedFormProps) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      class="card admin-form"
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        if (draft.dirty && !(await onSubmit())) focusFault(form.current);
      }}
    >
      {children}
      <ErrorNotice error={save.error} />
      <SaveBar
        dirty={draft.dirty}
        busy={save.busy}
        onDiscard={() => {
          draft.discard();
          save.clear();
        }}
      />
    </form>
  );
}

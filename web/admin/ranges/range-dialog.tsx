import { useRef } from 'preact/hooks';
import type { RangeDraft } from '../../time/range.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Input } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { rangesWords } from '../../words/admin/ranges.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { Choice } from '../parts/choice.tsx';
import type { Draft } from '../saving/drafts.ts';
import { focusFault } from '../saving/faults.ts';

export interface RangeDialogProps {
  readonly title: string;
  readonly send: string;
  readonly reasonHint: string;
  readonly draft: Draft<RangeDraft>;
  readonly busy: boolean;
  readonly error: unknown;
  /** Resolves to whether it was taken. */
  readonly onSend: () => Promise<boolean>;
  /** What was typed stays, but for Cancel. */
  readonly onClose: () => void;
}

/** Asks when, whole days or a part of one, and why. */
export function RangeDialog({
  title,
  send,
  reasonHint,
  draft,
  busy,
  error,
  onSend,
  onClose,
}: RangeDialogProps) {
  const words = useWords(rangesWords);
  const saving = useWords(savingWords);
  const faults = fieldFaults(error, useLanguage());
  const form = useRef<HTMLFormElement>(null);
  const { value } = draft;
  const set = (change: Partial<RangeDraft>) => draft.change({ ...value, ...change });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        ref={form}
        class="stack"
        noValidate
        onSubmit={async (event) => {
          event.preventDefault();
          if (!(await onSend())) focusFault(form.current);
        }}
      >
        <Choice
          name="range-kind"
          legend={words.howLong}
          value={value.wholeDays ? 'days' : 'part'}
          options={[
            { value: 'days', label: words.wholeDays },
            { value: 'part', label: words.part },
          ]}
          onChange={(kind) => set({ wholeDays: kind === 'days' })}
        />
        <div class="admin-pair">
          <Input
            type="date"
            label={words.start}
            value={value.start}
            error={faults.start_date}
            onInput={({ currentTarget: { value: start } }) =>
              set(value.end < start ? { start, end: start } : { start })
            }
          />
          {!value.wholeDays && (
            <Input
              type="time"
              label={words.from}
              value={value.from}
              error={faults.start_time}
              onInput={({ currentTarget }) => set({ from: currentTarget.value })}
            />
          )}
          <Input
            type="date"
            label={value.wholeDays ? words.lastDay : words.end}
            value={value.end}
            error={faults.end_date}
            onInput={({ currentTarget }) => set({ end: currentTarget.value })}
          />
          {!value.wholeDays && (
            <Input
              type="time"
              label={words.to}
              value={value.to}
              error={faults.end_time}
              onInput={({ currentTarget }) => set({ to: currentTarget.value })}
            />
          )}
        </div>
        <Input
          label={words.reason}
          hint={reasonHint}
          value={value.reason}
          maxLength={200}
          error={faults.reason}
          onInput={({ currentTarget }) => set({ reason: currentTarget.value })}
        />
        <ErrorNotice error={error} />
        <footer class="row admin-end">
          <button
            type="button"
            class="button"
            onClick={() => {
              draft.discard();
              onClose();
            }}
          >
            {saving.cancel}
          </button>
          <button type="submit" class="button primary" aria-disabled={busy}>
            {send}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

import { useRef } from 'preact/hooks';
import { Dialog } from '../../ui/dialog.tsx';
import { Input } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { chairWords } from '../../words/admin/chair.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useFormats } from '../../words/formats.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { fieldFaults } from '../../words/problems.ts';
import { Choice } from '../parts/choice.tsx';
import { useDraft } from '../saving/drafts.ts';
import { faultsOfList, focusFault } from '../saving/faults.ts';
import type { Save } from '../saving/use-save.ts';
import { PeriodList } from '../week/period-list.tsx';
import { faultsOfDay, type Period, shownPeriods, writtenPeriods } from '../week/week.ts';
import type { Override } from '../wire.ts';

export interface DateDialogProps {
  /** Under which what is typed is kept. */
  readonly name: string;
  /** Undefined: another one. */
  readonly override: Override | undefined;
  /** The date to begin with. */
  readonly first: string;
  readonly save: Save;
  readonly onSend: (body: { date: string; periods: readonly Period[] }) => Promise<Override | undefined>;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

const USUAL: readonly Period[] = [{ opens: '09:00', closes: '17:00' }];

/** Asks for a date, and for the hours on it: others than usual, or none. */
export function DateDialog({ name, override, first, save, onSend, onSaved, onClose }: DateDialogProps) {
  const words = useWords(chairWords);
  const saving = useWords(savingWords);
  const formats = useFormats();
  const language = useLanguage();
  const faults = fieldFaults(save.error, language);
  const form = useRef<HTMLFormElement>(null);
  const periods = shownPeriods(override?.periods ?? []);
  const draft = useDraft(`${name}/${override?.date ?? 'new'}`, {
    date: override?.date ?? first,
    off: override !== undefined && periods.length === 0,
    periods: periods.length === 0 ? USUAL : periods,
  });
  const { value } = draft;
  const set = (change: Partial<typeof value>) => draft.change({ ...value, ...change });

  async function submit() {
    const isSound = value.off || faultsOfDay(value.periods).every((fault) => fault === undefined);
    const body = { date: value.date, periods: value.off ? [] : writtenPeriods(value.periods) };
    if (!isSound || (await onSend(body)) === undefined) return focusFault(form.current);
    draft.discard();
    onSaved();
    onClose();
  }

  return (
    <Dialog
      title={override === undefined ? words.addDate : formats.dates(override.date, override.date)}
      onClose={onClose}
    >
      <form
        ref={form}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {override === undefined && (
          <Input
            type="date"
            label={words.date}
            hint={words.dateHint}
            value={value.date}
            error={faults.date}
            onInput={({ currentTarget }) => set({ date: currentTarget.value })}
          />
        )}
        <Choice
          name="date-kind"
          legend={words.onThatDay}
          value={value.off ? 'off' : 'hours'}
          options={[
            { value: 'hours', label: words.otherHours },
            { value: 'off', label: words.dayOff },
          ]}
          onChange={(kind) =>
            set({ off: kind === 'off', periods: value.periods.length === 0 ? USUAL : value.periods })
          }
        />
        {!value.off && (
          <PeriodList
            of={words.thatDay}
            periods={value.periods}
            faults={faultsOfList(save.error, 'periods', language)}
            onChange={(changed) => set({ periods: changed, off: changed.length === 0 })}
          />
        )}
        <ErrorNotice error={save.error} />
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
          <button type="submit" class="button primary" aria-disabled={save.busy}>
            {saving.save}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

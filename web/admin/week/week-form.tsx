import { useLanguage } from '../../words/language.ts';
import { Conflicts } from '../saving/conflicts.tsx';
import { useDraft } from '../saving/drafts.ts';
import { faultsOfList } from '../saving/faults.ts';
import { SavedForm } from '../saving/form.tsx';
import { useSave } from '../saving/use-save.ts';
import type { WeekPeriod } from '../wire.ts';
import { isSound, weekOf, wireWeek } from './week.ts';
import { WeekEditor } from './week-editor.tsx';

export interface WeekFormProps {
  /** Under which what is typed is kept. */
  readonly name: string;
  /** What it is called in the request. */
  readonly field: 'opening_hours' | 'weekly_hours';
  readonly saved: readonly WeekPeriod[];
  readonly open: string;
  readonly closed: string;
  /** What to say when it is saved. */
  readonly said: string;
  /** Sends it; the answer may name conflicts. */
  readonly send: (week: WeekPeriod[]) => Promise<unknown>;
  readonly onSaved: () => void;
}

/** A week that can be changed and saved. */
export function WeekForm({ name, field, saved, open, closed, said, send, onSaved }: WeekFormProps) {
  const draft = useDraft(name, weekOf(saved));
  const save = useSave();

  async function submit() {
    if (!isSound(draft.value)) return false;
    const answer = await save.run(() => send(wireWeek(draft.value)), { said });
    if (answer === undefined) return false;
    draft.settle();
    onSaved();
    return true;
  }

  return (
    <>
      <Conflicts conflicts={save.conflicts} onClose={save.clear} />
      <SavedForm draft={draft} save={save} onSubmit={submit}>
        <WeekEditor
          week={draft.value}
          open={open}
          closed={closed}
          faults={faultsOfList(save.error, field, useLanguage())}
          onChange={(changed) => {
            // Faults are told by position, and positions have changed.
            if (changed.flat().length !== draft.value.flat().length) save.clear();
            draft.change(changed);
          }}
        />
      </SavedForm>
    </>
  );
}

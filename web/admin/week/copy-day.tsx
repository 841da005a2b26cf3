import { useState } from 'preact/hooks';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox } from '../../ui/field.tsx';
import { savingWords } from '../../words/admin/saving.ts';
import { weekWords } from '../../words/admin/week.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import { WEEKDAYS } from './week.ts';

export interface CopyDayProps {
  /** 0 = Monday. */
  readonly day: number;
  readonly onClose: () => void;
  readonly onCopy: (days: readonly number[]) => void;
}

const WORKDAYS = [0, 1, 2, 3, 4];
const ALL = [0, 1, 2, 3, 4, 5, 6];

/** Asks which other days should be like this one. */
export function CopyDay({ day, onClose, onCopy }: CopyDayProps) {
  const words = useWords(weekWords);
  const saving = useWords(savingWords);
  const formats = useFormats();
  const [chosen, choose] = useState<readonly number[]>([]);
  const others = (days: readonly number[]) => days.filter((each) => each !== day);
  const name = (index: number) => formats.weekday(WEEKDAYS[index] ?? 1);
  return (
    <Dialog title={words.copyTitle(name(day))} onClose={onClose}>
      <div class="row">
        <button type="button" class="button small" onClick={() => choose(others(WORKDAYS))}>
          {words.workdays}
        </button>
        <button type="button" class="button small" onClick={() => choose(others(ALL))}>
          {words.everyDay}
        </button>
      </div>
      <fieldset>
        <legend class="unseen">{words.copyTitle(name(day))}</legend>
        {others(ALL).map((other) => (
          <Checkbox
            key={other}
            label={name(other)}
            checked={chosen.includes(other)}
            onChange={({ currentTarget: { checked } }) =>
              choose(checked ? [...chosen, other] : chosen.filter((each) => each !== other))
            }
          />
        ))}
      </fieldset>
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {saving.cancel}
        </button>
        <button
          type="button"
          class="button primary"
          aria-disabled={chosen.length === 0}
          onClick={() => chosen.length > 0 && onCopy(chosen)}
        >
          {words.copyNow}
        </button>
      </footer>
    </Dialog>
  );
}

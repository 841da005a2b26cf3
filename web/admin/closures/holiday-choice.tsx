import { useState } from 'preact/hooks';
import { closuresWords } from '../../words/admin/closures.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import './holidays.css';
import type { KnownHolidays } from './use-holidays.ts';

export interface HolidayChoiceProps {
  readonly holidays: KnownHolidays['holidays'];
  readonly busy: boolean;
  readonly onClose: (dates: readonly string[]) => void;
}

/** The days with a box each; those that are closed already are marked, and cannot be chosen. */
export function HolidayChoice({ holidays, busy, onClose }: HolidayChoiceProps) {
  const words = useWords(closuresWords);
  const formats = useFormats();
  const open = holidays.filter(({ closed }) => !closed).map(({ date }) => date);
  const [wanted, choose] = useState<readonly string[]>(open);
  const chosen = wanted.filter((date) => open.includes(date));
  if (holidays.length === 0) return <p class="admin-empty">{words.none}</p>;
  return (
    <form
      class="card admin-holidays"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length > 0 && !busy) onClose(chosen);
      }}
    >
      <fieldset>
        <legend>
          <h3>{words.preview(holidays.length)}</h3>
        </legend>
        <div class="row">
          <button type="button" class="button small" onClick={() => choose(open)}>
            {words.all}
          </button>
          <button type="button" class="button small" onClick={() => choose([])}>
            {words.nothing}
          </button>
        </div>
        {holidays.map(({ date, name, closed }) => (
          <label class="admin-holiday" key={date}>
            <input
              type="checkbox"
              checked={closed || chosen.includes(date)}
              disabled={closed}
              onChange={({ currentTarget: { checked } }) =>
                choose(checked ? [...chosen, date].sort() : chosen.filter((each) => each !== date))
              }
            />
            <span class="admin-item">
              <strong>{name}</strong>
              <span class="muted small">{formats.date(date)}</span>
            </span>
            {closed && <span class="pill good">{words.already}</span>}
          </label>
        ))}
      </fieldset>
      <p>
        <button type="submit" class="button primary" aria-disabled={chosen.length === 0 || busy}>
          {chosen.length === 0 ? words.chooseSome : words.import(chosen.length)}
        </button>
      </p>
    </form>
  );
}

import { chairWords } from '../../words/admin/chair.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import type { Override } from '../wire.ts';

export interface DateListProps {
  readonly dates: readonly Override[];
  readonly onChange: (date: Override) => void;
  readonly onRemove: (date: Override) => void;
}

export function DateList({ dates, onChange, onRemove }: DateListProps) {
  const words = useWords(chairWords);
  const saving = useWords(savingWords);
  const formats = useFormats();
  if (dates.length === 0) return <p class="admin-empty">{words.noDates}</p>;
  return (
    <ul class="plain card admin-list">
      {dates.map((override) => {
        const { date, periods } = override;
        const name = formats.dates(date, date);
        return (
          <li key={date}>
            <div class="admin-item">
              <strong>{name}</strong>
              <span class="muted small number">
                {periods.length === 0
                  ? words.dayOff
                  : periods
                      .map(({ opens, closes }) => `${formats.clock(opens)} – ${formats.clock(closes)}`)
                      .join(', ')}
              </span>
            </div>
            <div class="admin-actions">
              <button type="button" class="button quiet small" onClick={() => onChange(override)}>
                {saving.change}
                <span class="unseen">: {name}</span>
              </button>
              <button type="button" class="button quiet small" onClick={() => onRemove(override)}>
                {saving.remove}
                <span class="unseen">: {name}</span>
              </button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

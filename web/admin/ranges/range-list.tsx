import { rangeText } from '../../time/range.ts';
import { rangesWords } from '../../words/admin/ranges.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import type { TimeAway } from './range.ts';

export interface RangeListProps {
  readonly times: readonly TimeAway[];
  readonly none: string;
  /** Without it nothing can be taken back. */
  readonly onRemove: ((time: TimeAway) => void) | undefined;
}

export function RangeList({ times, none, onRemove }: RangeListProps) {
  const words = useWords(rangesWords);
  const saving = useWords(savingWords);
  const formats = useFormats();
  if (times.length === 0) return <p class="admin-empty">{none}</p>;
  return (
    <ul class="plain card admin-list">
      {times.map((time) => (
        <li key={time.id}>
          <div class="admin-item">
            <strong>{time.reason ?? words.noReason}</strong>
            <span class="muted small number">{rangeText(time, formats)}</span>
          </div>
          {onRemove && (
            <button type="button" class="button quiet small" onClick={() => onRemove(time)}>
              {saving.remove}
              <span class="unseen">
                : {time.reason ?? words.noReason}, {rangeText(time, formats)}
              </span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

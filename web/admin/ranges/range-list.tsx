import { rangesWords } from '../../words/admin/ranges.ts';
import { savingWords } from '../../words/admin/saving.ts';
import { type Formats, useFormats } from '../../words/formats.ts';
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
            <span class="muted small number">{textOf(time, formats)}</span>
          </div>
          {onRemove && (
            <button type="button" class="button quiet small" onClick={() => onRemove(time)}>
              {saving.remove}
              <span class="unseen">
                : {time.reason ?? words.noReason}, {textOf(time, formats)}
              </span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function textOf({ start_date, end_date, start_time, end_time }: TimeAway, formats: Formats): string {
  if (start_time === null || end_time === null) return formats.dates(start_date, end_date);
  const [from, to] = [formats.clock(start_time), formats.clock(end_time)];
  if (start_date === end_date) return `${formats.dates(start_date, end_date)}, ${from} – ${to}`;
  const [first, last] = [formats.dates(start_date, start_date), formats.dates(end_date, end_date)];
  return `${first}, ${from} – ${last}, ${to}`;
}

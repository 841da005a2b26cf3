import { useId, useRef } from 'preact/hooks';
import { weekWords } from '../../words/admin/week.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import type { ListFaults } from '../saving/faults.ts';
import { DayStrip } from './day-strip.tsx';
import { PeriodList } from './period-list.tsx';
import { minutesOf, type Period } from './week.ts';

export interface DayRowProps {
  /** `Monday` */
  readonly name: string;
  readonly periods: readonly Period[];
  /** Those of the day before, which may reach into this one. */
  readonly before: readonly Period[];
  /** What the day is opened with. */
  readonly usual: readonly Period[];
  readonly faults: ListFaults;
  readonly closed: string;
  readonly open: string;
  readonly onChange: (periods: readonly Period[]) => void;
  readonly onCopy: () => void;
}

export function DayRow({
  name,
  periods,
  before,
  usual,
  faults,
  closed,
  open,
  onChange,
  onCopy,
}: DayRowProps) {
  const words = useWords(weekWords);
  const formats = useFormats();
  const id = useId();
  /** So that closing a day by mistake costs nothing. */
  const last = useRef(usual);
  const isOpen = periods.length > 0;
  if (isOpen) last.current = periods;
  return (
    // A fieldset lays its legend out in its own way.
    // biome-ignore lint/a11y/useSemanticElements: said above
    <div class="admin-day" role="group" aria-labelledby={id}>
      <div class="admin-day-name">
        <h3 id={id}>{name}</h3>
        <label class="admin-switch">
          <input
            type="checkbox"
            checked={isOpen}
            aria-describedby={id}
            onChange={() => onChange(isOpen ? [] : last.current.length > 0 ? last.current : usual)}
          />
          <span>{isOpen ? `${open}, ${formats.duration(minutesOf(periods))}` : closed}</span>
        </label>
      </div>
      <div class="admin-day-work">
        <DayStrip periods={periods} before={before} />
        {isOpen && (
          <PeriodList of={name} periods={periods} faults={faults} onChange={onChange}>
            <button type="button" class="button quiet small" onClick={onCopy}>
              {words.copy}
              <span class="unseen">: {name}</span>
            </button>
          </PeriodList>
        )}
      </div>
    </div>
  );
}

import { useState } from 'preact/hooks';
import { weekWords } from '../../words/admin/week.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/language.ts';
import type { ListFaults } from '../saving/faults.ts';
import { CopyDay } from './copy-day.tsx';
import { DayRow } from './day-row.tsx';
import { minutesOf, usualPeriods, WEEKDAYS, type Week, withDay } from './week.ts';
import './week.css';

export interface WeekEditorProps {
  readonly week: Week;
  /** What the server found wrong, by the position in the whole week. */
  readonly faults?: ListFaults;
  /** What a day without periods is called: closed, or free. */
  readonly closed: string;
  readonly open: string;
  readonly onChange: (week: Week) => void;
}

/** A week of seven days with any number of periods each: of a shop's opening hours, or a barber's working hours. */
export function WeekEditor({ week, faults = {}, closed, open, onChange }: WeekEditorProps) {
  const words = useWords(weekWords);
  const formats = useFormats();
  const [copied, copy] = useState<number>();
  const total = minutesOf(week.flat());
  return (
    <div class="admin-week">
      <p class="muted">{words.total(formats.duration(total))}</p>
      {WEEKDAYS.map((weekday, day) => (
        <DayRow
          key={weekday}
          name={formats.weekday(weekday)}
          periods={week[day] ?? []}
          before={week[(day + 6) % 7] ?? []}
          usual={usualPeriods(week, day)}
          faults={faultsOn(week, day, faults)}
          closed={closed}
          open={open}
          onChange={(periods) => onChange(withDay(week, day, periods))}
          onCopy={() => copy(day)}
        />
      ))}
      {copied !== undefined && (
        <CopyDay
          day={copied}
          onClose={() => copy(undefined)}
          onCopy={(days) => {
            const periods = week[copied] ?? [];
            onChange(days.reduce((changed, to) => withDay(changed, to, periods), week));
            copy(undefined);
          }}
        />
      )}
    </div>
  );
}

/** Those of one day, by the position in it. */
function faultsOn(week: Week, day: number, faults: ListFaults) {
  const before = week.slice(0, day).flat().length;
  const own = (week[day] ?? []).map((_, i) => [i, faults[before + i]] as const);
  return Object.fromEntries(own.flatMap(([i, fault]) => (fault === undefined ? [] : [[i, fault]])));
}

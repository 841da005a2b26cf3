import { useId } from 'preact/hooks';
import { addDays, isDate } from '../../time/dates.ts';
import { useWords } from '../../words/language.ts';
import { staffWords } from '../../words/staff.ts';
import type { Chair } from '../day/schedule.ts';
import type { Address, Layout, View } from './address.ts';
import './bar.css';

export interface BarProps {
  readonly range: string;
  readonly date: string;
  readonly today: string;
  readonly view: View;
  readonly layout: Layout;
  readonly cancelled: boolean;
  readonly chairs: readonly Chair[];
  /** Whose day or week it is; undefined for everybody's. */
  readonly chosen: Chair | undefined;
  /** Whether there is room for one only. */
  readonly needsOne: boolean;
  /** Whether it is known whose there are. */
  readonly ready: boolean;
  readonly go: (change: Partial<Address>) => void;
}

/** Which days, whose, and how they are shown. */
export function Bar({ range, date, today, view, layout, cancelled, go, ...who }: BarProps) {
  const words = useWords(staffWords);
  const by = view === 'week' ? 7 : 1;
  return (
    <header class="bar">
      <div class="bar-title">
        <h1 tabIndex={-1}>{range}</h1>
        <div class="row">
          <Step
            label={view === 'week' ? words.previousWeek : words.previousDay}
            onClick={() => go({ date: addDays(date, -by) })}
          >
            ‹
          </Step>
          <button
            type="button"
            class="button"
            aria-current={date === today ? 'date' : undefined}
            onClick={() => go({ date: undefined })}
          >
            {words.today}
          </button>
          <Step
            label={view === 'week' ? words.nextWeek : words.nextDay}
            onClick={() => go({ date: addDays(date, by) })}
          >
            ›
          </Step>
          <DateField date={date} onChange={(chosen) => go({ date: chosen })} />
        </div>
      </div>
      <div class="bar-choices">
        <Toggle
          label={words.view}
          value={view}
          choices={{ day: words.day, week: words.week }}
          onChoose={(chosen) => go({ view: chosen })}
        />
        <Toggle
          label={words.layout}
          value={layout}
          choices={{ grid: words.grid, list: words.list }}
          onChoose={(chosen) => go({ layout: chosen })}
        />
        <Who {...who} onChoose={(barberId) => go({ barberId })} />
        <label class="checkbox bar-cancelled">
          <input
            type="checkbox"
            checked={cancelled}
            onChange={({ currentTarget }) => go({ cancelled: currentTarget.checked })}
          />
          <span>{words.showCancelled}</span>
        </label>
      </div>
    </header>
  );
}

function Step({ label, children, onClick }: { label: string; children: string; onClick: () => void }) {
  return (
    <button type="button" class="button bar-step" aria-label={label} onClick={onClick}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}

function DateField({ date, onChange }: { date: string; onChange: (date: string) => void }) {
  const words = useWords(staffWords);
  return (
    <input
      type="date"
      class="bar-date"
      aria-label={words.date}
      value={date}
      onChange={({ currentTarget }) => isDate(currentTarget.value) && onChange(currentTarget.value)}
    />
  );
}

function Who({
  chairs,
  chosen,
  needsOne,
  ready,
  onChoose,
}: Pick<BarProps, 'chairs' | 'chosen' | 'needsOne' | 'ready'> & {
  readonly onChoose: (barberId: number | undefined) => void;
}) {
  const words = useWords(staffWords);
  // One's own day alone: there is nobody to choose.
  if (ready && chairs.length < 2) return null;
  return (
    <select
      class="bar-who"
      aria-label={words.barber}
      value={chosen?.id ?? ''}
      onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : Number(value))}
    >
      {!needsOne && <option value="">{words.everybody}</option>}
      {chairs.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

interface ToggleProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: Readonly<Record<T, string>>;
  readonly onChoose: (value: T) => void;
}

/** A few choices of which one holds. */
function Toggle<T extends string>({ label, value, choices, onChoose }: ToggleProps<T>) {
  const legend = useId();
  const isChoice = (key: string): key is T => key in choices;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex container in every browser.
    <div class="bar-toggle" role="group" aria-labelledby={legend}>
      <span id={legend} class="unseen">
        {label}
      </span>
      {Object.keys(choices)
        .filter(isChoice)
        .map((key) => (
          <button type="button" key={key} aria-pressed={key === value} onClick={() => onChoose(key)}>
            {choices[key]}
          </button>
        ))}
    </div>
  );
}

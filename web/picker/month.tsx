import { useEffect, useRef } from 'preact/hooks';
import type { Days } from '../api/wire.ts';
import { addDays, addMonths, monthOf, weeksOf } from '../time/dates.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/language.ts';
import { pickerWords } from '../words/picker.ts';
import './month.css';

export interface MonthProps {
  /** `2026-11` */
  readonly month: string;
  readonly onMonth: (month: string) => void;
  /** First and last date that can be chosen. */
  readonly first: string;
  readonly last: string;
  /** Undefined while they are being asked for. */
  readonly days: Days['days'] | undefined;
  readonly date: string | undefined;
  readonly onDate: (date: string) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month with its free days. Arrow keys go from day to day, across months too. */
export function Month({ month, onMonth, first, last, days, date, onDate }: MonthProps) {
  const words = useWords(pickerWords);
  const formats = useFormats();
  const table = useRef<HTMLTableElement>(null);
  const wantsFocus = useRef<string | undefined>(undefined);
  const known = new Map(days?.map((day) => [day.date, day]));
  // Weeks that are over are left out: on a phone they would hide the times.
  const weeks = weeksOf(month, formats.firstWeekday).filter((week) =>
    week.some((day) => day && day >= first),
  );
  const tabStop =
    date !== undefined && monthOf(date) === month
      ? date
      : (firstFree(days) ?? weeks.flat().find((day) => day !== undefined && day >= first));

  useEffect(() => {
    if (wantsFocus.current === undefined || monthOf(wantsFocus.current) !== month) return;
    focusDay(table.current, wantsFocus.current);
    wantsFocus.current = undefined;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const from = event.target instanceof HTMLElement ? event.target.dataset.date : undefined;
    if (step === undefined || from === undefined) return;
    event.preventDefault();
    const to = addDays(from, step);
    if (to < first || to > last) return;
    if (monthOf(to) === month) focusDay(table.current, to);
    else {
      wantsFocus.current = to;
      onMonth(monthOf(to));
    }
  };

  return (
    <div class="month">
      <div class="month-head">
        <button
          type="button"
          class="button quiet"
          aria-label={words.previousMonth}
          aria-disabled={month <= monthOf(first)}
          onClick={() => month > monthOf(first) && onMonth(addMonths(month, -1))}
        >
          ‹
        </button>
        <h2 aria-live="polite">{formats.month(`${month}-01`)}</h2>
        <button
          type="button"
          class="button quiet"
          aria-label={words.nextMonth}
          aria-disabled={month >= monthOf(last)}
          onClick={() => month < monthOf(last) && onMonth(addMonths(month, 1))}
        >
          ›
        </button>
      </div>
      {/* Tab reaches one day; from there arrow keys go on. */}
      <table ref={table} onKeyDown={onKeyDown}>
        <caption class="unseen">{formats.month(`${month}-01`)}</caption>
        <thead>
          <tr>
            {[0, 1, 2, 3, 4, 5, 6].map((n) => {
              const weekday = ((formats.firstWeekday - 1 + n) % 7) + 1;
              return (
                <th key={weekday} scope="col">
                  <abbr title={formats.weekday(weekday)}>{formats.weekday(weekday, 'short')}</abbr>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, row) => (
            <tr key={week.find(Boolean) ?? row}>
              {week.map((day, column) => (
                // Days outside the month have no name of their own.
                <td key={day ?? `outside ${column}`}>
                  {day !== undefined && (
                    <DayButton
                      date={day}
                      free={known.get(day)?.free_slots}
                      state={stateOf(day, known.get(day), days !== undefined, first, last)}
                      isChosen={day === date}
                      isTabStop={day === tabStop}
                      onDate={onDate}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type DayState = 'free' | 'full' | 'closed' | 'outOfRange' | 'unknown';

interface DayButtonProps {
  readonly date: string;
  readonly free: number | undefined;
  readonly state: DayState;
  readonly isChosen: boolean;
  readonly isTabStop: boolean;
  readonly onDate: (date: string) => void;
}

/** Full days can be looked at: something may become free while one does. */
function DayButton({ date, free = 0, state, isChosen, isTabStop, onDate }: DayButtonProps) {
  const words = useWords(pickerWords);
  const formats = useFormats();
  const isOpen = state === 'free' || state === 'full';
  const about = { ...words, free: words.free(free), unknown: '' }[state];
  return (
    <button
      type="button"
      class={`day ${state}`}
      data-date={date}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={`${formats.date(date)}${about === '' ? '' : `, ${about}`}`}
      aria-pressed={isChosen}
      aria-disabled={!isOpen}
      onClick={() => isOpen && onDate(date)}
    >
      <span>{Number(date.slice(8))}</span>
      <span class="day-mark" aria-hidden="true">
        {state === 'free' ? '•'.repeat(Math.min(3, Math.ceil(free / 8))) : ''}
      </span>
    </button>
  );
}

function stateOf(
  date: string,
  day: Days['days'][number] | undefined,
  isLoaded: boolean,
  first: string,
  last: string,
): DayState {
  if (date < first || date > last) return 'outOfRange';
  if (day === undefined) return isLoaded ? 'outOfRange' : 'unknown';
  if (!day.open) return 'closed';
  return day.free_slots > 0 ? 'free' : 'full';
}

function firstFree(days: Days['days'] | undefined): string | undefined {
  return days?.find(({ free_slots }) => free_slots > 0)?.date;
}

function focusDay(table: HTMLTableElement | null, date: string): void {
  table?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus();
}

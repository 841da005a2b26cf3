import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { FaultText } from '../../ui/field.tsx';
import { weekWords } from '../../words/admin/week.ts';
import { useWords } from '../../words/language.ts';
import type { Fault } from '../../words/problems.ts';
import type { ListFaults } from '../saving/faults.ts';
import { endsNextDay, faultsOfDay, type Period, withAnother } from './week.ts';
import './period-list.css';

export interface PeriodListProps {
  /** Of what the periods are: `Monday`, or a date. */
  readonly of: string;
  readonly periods: readonly Period[];
  /** What the server found wrong, by position. */
  readonly faults?: ListFaults;
  readonly onChange: (periods: readonly Period[]) => void;
  /** What else can be done with the day. */
  readonly children?: ComponentChildren;
}

/** The periods of one day, each from a time to a time; one can be added, and each taken away. */
export function PeriodList({ of, periods, faults = {}, onChange, children }: PeriodListProps) {
  const words = useWords(weekWords);
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef<string>(undefined);
  useEffect(() => {
    if (focusNext.current === undefined) return;
    list.current?.querySelector<HTMLElement>(focusNext.current)?.focus();
    focusNext.current = undefined;
  });
  const found = faultsOfDay(periods);
  return (
    <div class="admin-periods" ref={list}>
      {periods.map((period, i) => (
        <PeriodFields
          // They have no names; what moves up takes over the fields of the one before.
          key={i}
          of={periods.length === 1 ? of : `${of}, ${i + 1}`}
          period={period}
          fault={found[i] ? words.faults[found[i]] : faults[i]}
          onChange={(changed) => onChange(periods.map((each, n) => (n === i ? changed : each)))}
          onRemove={() => {
            focusNext.current = '.admin-add-period';
            onChange(periods.filter((_, n) => n !== i));
          }}
        />
      ))}
      <div class="row">
        <button
          type="button"
          class="button quiet small admin-add-period"
          onClick={() => {
            focusNext.current = '.admin-period:nth-last-of-type(2) input';
            onChange(withAnother(periods));
          }}
        >
          + {words.add}
          <span class="unseen">: {of}</span>
        </button>
        {children}
      </div>
    </div>
  );
}

interface PeriodFieldsProps {
  readonly of: string;
  readonly period: Period;
  readonly fault: string | Fault | undefined;
  readonly onChange: (period: Period) => void;
  readonly onRemove: () => void;
}

function PeriodFields({ of, period, fault, onChange, onRemove }: PeriodFieldsProps) {
  const words = useWords(weekWords);
  const id = useId();
  const about = {
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': `${id}-about`,
  } as const;
  return (
    <div class="admin-period">
      <input
        type="time"
        aria-label={words.opens(of)}
        value={period.opens}
        onInput={({ currentTarget }) => onChange({ ...period, opens: currentTarget.value })}
        {...about}
      />
      <span aria-hidden="true">–</span>
      <input
        type="time"
        aria-label={words.closes(of)}
        value={period.closes}
        onInput={({ currentTarget }) => onChange({ ...period, closes: currentTarget.value })}
        {...about}
      />
      <button
        type="button"
        class="button quiet admin-remove"
        aria-label={words.remove(of)}
        onClick={onRemove}
      >
        ×
      </button>
      <p id={`${id}-about`} class={fault ? 'fault' : 'muted'}>
        {fault ? <FaultText fault={fault} /> : endsNextDay(period) && words.nextDay}
      </p>
    </div>
  );
}

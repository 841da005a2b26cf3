import { useId } from 'preact/hooks';
import { FaultText } from '../../ui/field.tsx';
import { settingsWords } from '../../words/admin/settings.ts';
import { useWords } from '../../words/language.ts';
import type { Fault } from '../../words/problems.ts';
import './settings.css';

/** A length of time as people say it: `2` and `hours`. The amount is what was typed. */
export interface Span {
  readonly amount: string;
  readonly unit: Unit;
}

const UNITS = { minutes: 1, hours: 60, days: 1_440 } as const;
type Unit = keyof typeof UNITS;
const UNIT_NAMES = ['minutes', 'hours', 'days'] as const;

/** In the largest unit that leaves nothing over. */
export function spanOf(minutes: number): Span {
  const unit =
    [...UNIT_NAMES].reverse().find((each) => minutes > 0 && minutes % UNITS[each] === 0) ?? 'minutes';
  return { amount: String(minutes / UNITS[unit]), unit };
}

/** Minutes; undefined where what was typed is no whole number of them. */
export function minutesOfSpan({ amount, unit }: Span): number | undefined {
  const minutes = Number(amount) * UNITS[unit];
  return amount.trim() !== '' && Number.isInteger(minutes) && minutes >= 0 ? minutes : undefined;
}

export interface SpanFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly error?: string | Fault | undefined;
  readonly value: Span;
  readonly onChange: (span: Span) => void;
}

/** A number and its unit, under one label. */
export function SpanField({ label, hint, error, value, onChange }: SpanFieldProps) {
  const words = useWords(settingsWords);
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <div class="admin-span">
        <input
          id={id}
          type="number"
          min="0"
          inputMode="decimal"
          step="any"
          value={value.amount}
          aria-describedby={`${id}-hint ${error ? `${id}-error` : ''}`}
          aria-invalid={error ? true : undefined}
          onInput={({ currentTarget }) => onChange({ ...value, amount: currentTarget.value })}
        />
        <select
          aria-label={words.unitOf(label)}
          value={value.unit}
          onChange={({ currentTarget }) =>
            onChange({ ...value, unit: UNIT_NAMES.find((unit) => unit === currentTarget.value) ?? 'minutes' })
          }
        >
          {UNIT_NAMES.map((unit) => (
            <option key={unit} value={unit}>
              {words.units[unit]}
            </option>
          ))}
        </select>
      </div>
      {error && (
        <p id={`${id}-error`} class="fault">
          <FaultText fault={error} />
        </p>
      )}
    </div>
  );
}

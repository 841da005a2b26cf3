import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Fault } from '../words/problems.ts';
import './field.css';

interface About {
  readonly label: string;
  /** What helps to fill it in. */
  readonly hint?: ComponentChildren;
  /** What is wrong with it. */
  readonly error?: string | Fault | undefined;
}

/** What a control is given of HTML; Preact's own types are a union for each `type` of input. */
interface Control<E> {
  readonly name?: string | undefined;
  readonly value?: string | number | undefined;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly autocomplete?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly onInput?: ((event: { readonly currentTarget: E }) => void) | undefined;
  readonly onChange?: ((event: { readonly currentTarget: E }) => void) | undefined;
}

interface InputControl extends Control<HTMLInputElement> {
  readonly type?: string | undefined;
  readonly min?: string | number | undefined;
  readonly max?: string | number | undefined;
  readonly step?: string | number | undefined;
  readonly inputMode?: string | undefined;
  readonly pattern?: string | undefined;
  readonly checked?: boolean | undefined;
  /** Of a datalist. */
  readonly list?: string | undefined;
}

/** An input with its label, its hint and its fault, which screen readers read with it. */
export function Input({ label, hint, error, ...input }: About & InputControl) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(wiring) => <input {...Object(input)} {...wiring} />}
    </Labelled>
  );
}

export function TextArea({ label, hint, error, ...input }: About & Control<HTMLTextAreaElement>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(wiring) => <textarea rows={3} {...Object(input)} {...wiring} />}
    </Labelled>
  );
}

export function Select({
  label,
  hint,
  error,
  children,
  ...input
}: About & Control<HTMLSelectElement> & { readonly children: ComponentChildren }) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(wiring) => (
        <select {...Object(input)} {...wiring}>
          {children}
        </select>
      )}
    </Labelled>
  );
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

function Labelled({ label, hint, error, children }: About & { children: (wiring: Wiring) => JSX.Element }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} class="fault">
          <FaultText fault={error} />
        </p>
      )}
    </div>
  );
}

/** In its own language, where that is not the page's. */
export function FaultText({ fault }: { readonly fault: string | Fault }) {
  if (typeof fault === 'string') return <>{fault}</>;
  return <span lang={fault.lang}>{fault.text}</span>;
}

export function Checkbox({
  label,
  ...input
}: { readonly label: ComponentChildren } & Omit<InputControl, 'type'>) {
  return (
    <label class="checkbox">
      <input {...Object(input)} type="checkbox" />
      <span>{label}</span>
    </label>
  );
}

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ErrorNotice } from '../ui/notice.tsx';
import { type Submission, useSubmit } from '../ui/submit.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { sentenceOf } from '../words/problems.ts';
import { signInWords } from '../words/sign-in.ts';
import { codeOf } from './auth.ts';

/** Faults by the name of a field. */
export type Faults = Readonly<Record<string, string | undefined>>;

class NotYet extends Error {
  readonly faults: Faults;

  constructor(faults: Faults) {
    super('Something is missing or wrong');
    this.faults = faults;
  }
}

export interface FormOptions {
  /** What is typed, by field; each is needed. */
  readonly needed: Readonly<Record<string, string>>;
  /** Which field a code of the server is about. */
  readonly fieldOf?: Readonly<Record<string, string>>;
  /** Codes that the caller explains itself. */
  readonly explained?: readonly string[];
  /** What is wrong with what is there. */
  readonly check?: () => Faults;
  readonly work: () => Promise<void>;
}

export interface FormState extends Submission {
  readonly faults: Faults;
  /** What is about no field. */
  readonly general: unknown;
}

/** A form that says at each field what is wrong with it. */
export function useForm({ needed, fieldOf = {}, explained = [], check, work }: FormOptions): FormState {
  const words = useWords(signInWords);
  const language = useLanguage();
  const submission = useSubmit(async () => {
    const missing = Object.keys(needed).filter((field) => (needed[field] ?? '').trim() === '');
    const faults = { ...check?.(), ...Object.fromEntries(missing.map((field) => [field, words.needed])) };
    if (Object.keys(faults).length > 0) throw new NotYet(faults);
    await work();
  });
  const { error } = submission;
  if (error instanceof NotYet) return { ...submission, faults: error.faults, general: undefined };
  const code = codeOf(error) ?? '';
  const field = fieldOf[code];
  if (field === undefined)
    return { ...submission, faults: {}, general: explained.includes(code) ? undefined : error };
  return { ...submission, faults: { [field]: sentenceOf(error, language) }, general: undefined };
}

export interface FormProps {
  readonly form: FormState;
  readonly submit: string;
  readonly isDanger?: boolean;
  readonly children: ComponentChildren;
  /** Beside the button. */
  readonly beside?: ComponentChildren;
}

/** After a failed attempt the focus is on the first field to mend. */
export function Form({ form, submit, isDanger = false, children, beside }: FormProps) {
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.error !== undefined) element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [form.error]);
  return (
    <form ref={element} class="stack" noValidate onSubmit={form.run}>
      {children}
      <ErrorNotice error={form.general} />
      <div class="row">
        <button type="submit" class={`button ${isDanger ? 'danger' : 'primary'}`} aria-disabled={form.busy}>
          {submit}
        </button>
        {beside}
      </div>
    </form>
  );
}

import { Refused } from '../../api/client.ts';
import type { Language } from '../../words/language.ts';
import { type Fault, faultOf } from '../../words/problems.ts';

/** By position. */
export type ListFaults = Readonly<Record<number, Fault>>;

/** What is wrong with each item of a list in the request: `/opening_hours/3/closes` is at 3 of `opening_hours`. */
export function faultsOfList(error: unknown, field: string, language: Language): ListFaults {
  if (!(error instanceof Refused)) return {};
  const found = (error.problem.errors ?? []).flatMap((fault) => {
    const [, name, position] = fault.pointer.split('/');
    return name === field && position !== undefined
      ? [[Number(position), faultOf(fault, language)] as const]
      : [];
  });
  return Object.fromEntries(found);
}

/** Brings one to the first field that is at fault, once the faults are drawn. */
export function focusFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
}

import { Refused } from '../../api/client.ts';

/** What is wrong with each item of a list in the request: `/opening_hours/3/closes` is at 3 of `opening_hours`. */
export function faultsOfList(error: unknown, field: string): Readonly<Record<number, string>> {
  if (!(error instanceof Refused)) return {};
  const found = (error.problem.errors ?? []).flatMap(({ pointer, detail }) => {
    const [, name, position] = pointer.split('/');
    return name === field && position !== undefined ? [[Number(position), detail] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Brings one to the first field that is at fault, once the faults are drawn. */
export function focusFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
}

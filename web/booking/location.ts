import { useEffect, useState } from 'preact/hooks';

/** What was chosen so far, as the address says it: so links, reload and the back button work. */
export interface Choice {
  readonly service?: string | undefined;
  /** `any` is a choice too. */
  readonly barber?: number | 'any' | undefined;
  readonly date?: string | undefined;
  /** RFC 3339: the slot whose details are being filled in. */
  readonly start?: string | undefined;
  /** Id of the booking that was made. */
  readonly booked?: number | undefined;
}

/** Undefined is anybody. */
export function barberIdOf(barber: Choice['barber']): number | undefined {
  return barber === 'any' ? undefined : barber;
}

/** The slug in `/{shop}`; undefined is the first shop. */
export function shopOfPath(): string | undefined {
  return location.pathname.split('/').find((part) => part !== '');
}

/** The choice, and how to make one: as a new step of the history, or in place of the present one. */
export function useChoice(): [Choice, (choice: Choice, how?: 'push' | 'replace') => void] {
  const [choice, set] = useState(() => read(location.search));
  useEffect(() => {
    const listener = () => set(read(location.search));
    addEventListener('popstate', listener);
    return () => removeEventListener('popstate', listener);
  }, []);
  const choose = (next: Choice, how: 'push' | 'replace' = 'push') => {
    const url = linkTo(next);
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    set(next);
  };
  return [choice, choose];
}

export function linkTo(choice: Choice): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? location.pathname : `${location.pathname}?${text}`;
}

function read(search: string): Choice {
  const query = new URLSearchParams(search);
  const barber = query.get('barber');
  return {
    service: query.get('service') ?? undefined,
    barber: barber === 'any' ? 'any' : numberOf(barber),
    date: valid(query.get('date'), /^\d{4}-\d\d-\d\d$/),
    start: valid(query.get('start'), /^\d{4}-\d\d-\d\dT\d\d:\d\d/),
    booked: numberOf(query.get('booked')),
  };
}

function valid(text: string | null, pattern: RegExp): string | undefined {
  return text !== null && pattern.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

import { useEffect, useState } from 'preact/hooks';

/** Where in the administration one is, as the query says: `?shop=main&section=barbers&barber=3&part=hours`. */
export interface Place {
  readonly shop: string | undefined;
  readonly section: Section;
  /** Which one of a list is open: an id, or `new`. */
  readonly item: string | undefined;
  /** Which view of it. */
  readonly part: string | undefined;
}

export const SECTIONS = [
  'hours',
  'closures',
  'services',
  'barbers',
  'people',
  'settings',
  'new-shop',
] as const;
export type Section = (typeof SECTIONS)[number];

const listeners = new Set<() => void>();

addEventListener('popstate', tell);

function tell(): void {
  for (const listener of listeners) listener();
}

export function usePlace(): Place {
  const [query, set] = useState(location.search);
  useEffect(() => {
    const listener = () => set(location.search);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return placeOf(query);
}

/** The address of a place; what is left out is the first. */
export function hrefOf({ shop, section, item, part }: Partial<Place>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ shop, section, item, part }))
    if (value !== undefined) query.set(name, value);
  const text = query.toString();
  return text === '' ? location.pathname : `${location.pathname}?${text}`;
}

/** Goes there without loading the page again, so that what was typed stays. */
export function go(place: Partial<Place>): void {
  history.pushState(null, '', hrefOf(place));
  tell();
  // What is drawn for the new place takes the focus in `Heading`.
  scrollTo(0, 0);
}

function placeOf(search: string): Place {
  const query = new URLSearchParams(search);
  return {
    shop: query.get('shop') ?? undefined,
    section: SECTIONS.find((section) => section === query.get('section')) ?? 'hours',
    item: query.get('item') ?? undefined,
    part: query.get('part') ?? undefined,
  };
}

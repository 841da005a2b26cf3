import { useEffect, useState } from 'preact/hooks';
import { isDate } from '../../time/dates.ts';

export type View = 'day' | 'week';
export type Layout = 'grid' | 'list';

/** What the address says is shown; what it leaves out the page decides. */
export interface Address {
  readonly date: string | undefined;
  readonly view: View;
  readonly barberId: number | undefined;
  /** How; by the width of the window unless somebody chose. */
  readonly layout: Layout | undefined;
  readonly cancelled: boolean;
}

function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const date = query.get('date');
  const barberId = Number(query.get('barber'));
  const layout = query.get('as');
  return {
    date: date !== null && isDate(date) ? date : undefined,
    view: query.get('view') === 'week' ? 'week' : 'day',
    barberId: Number.isInteger(barberId) && barberId > 0 ? barberId : undefined,
    layout: layout === 'grid' || layout === 'list' ? layout : undefined,
    cancelled: query.has('cancelled'),
  };
}

/** The query that says it, keeping whatever else is there, as the shop. */
function writeAddress(search: string, { date, view, barberId, layout, cancelled }: Address): string {
  const query = new URLSearchParams(search);
  const set = (name: string, value: string | undefined) =>
    value === undefined ? query.delete(name) : query.set(name, value);
  set('date', date);
  set('view', view === 'day' ? undefined : view);
  set('barber', barberId?.toString());
  set('as', layout);
  set('cancelled', cancelled ? '1' : undefined);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The address and how to go elsewhere, which the back button undoes. */
export function useAddress(): [Address, (change: Partial<Address>) => void] {
  const [address, set] = useState(() => readAddress(location.search));
  useEffect(() => {
    const follow = () => set(readAddress(location.search));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = (change: Partial<Address>) => {
    const search = writeAddress(location.search, { ...readAddress(location.search), ...change });
    if (search !== location.search) history.pushState(null, '', `${location.pathname}${search}`);
    set(readAddress(search));
  };
  return [address, go];
}

import { useEffect, useRef } from 'preact/hooks';

export interface Change {
  /** Null: it may be any. */
  readonly date: string | null;
  readonly barber_id: number | null;
}

export interface Watched {
  readonly shop?: string | undefined;
  /** Without it every date. */
  readonly date?: string | undefined;
  readonly barberId?: number | undefined;
}

const ANYTHING: Change = { date: null, barber_id: null };
/** Browsers reconnect by themselves, but not after an answer like 429 or 503. */
const RECONNECT_MS = 5_000;

/** Calls back with every change of availability, and after every gap in which one may have been missed. */
function listen({ shop, date, barberId }: Watched, onChange: (change: Change) => void): () => void {
  const url = new URL('/api/v2/bookings/stream', location.origin);
  if (shop !== undefined) url.searchParams.set('shop', shop);
  if (date !== undefined) url.searchParams.set('target_date', date);
  if (barberId !== undefined) url.searchParams.set('barber_id', String(barberId));
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    source = new EventSource(url);
    source.addEventListener('change', ({ data }) => onChange(JSON.parse(data)));
    // Also the first time: what was read before has a gap behind it.
    source.onopen = () => onChange(ANYTHING);
    source.onerror = () => {
      // Asking says whether the server is there, and stands in for the stream where it takes no more of them.
      onChange(ANYTHING);
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, RECONNECT_MS);
    };
  };
  open();
  return () => {
    clearTimeout(again);
    source.close();
  };
}

/** Listens while the component is there; undefined watches nothing. */
export function useLive(watched: Watched | undefined, onChange: (change: Change) => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  const key = JSON.stringify(watched);
  useEffect(
    () => (key === undefined ? undefined : listen(JSON.parse(key), (change) => latest.current(change))),
    [key],
  );
}

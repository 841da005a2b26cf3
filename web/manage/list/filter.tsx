import type { Booking } from '../../api/wire.ts';
import { useWords } from '../../words/language.ts';
import { manageWords } from '../../words/manage.ts';
import { listWords } from '../../words/my-bookings.ts';
import './filter.css';

export type Status = Booking['status'];

const STATUSES: readonly Status[] = ['confirmed', 'completed', 'cancelled', 'no_show'];

export interface FilterProps {
  /** What there is at all. */
  readonly bookings: readonly Booking[];
  /** Undefined is all. */
  readonly status: Status | undefined;
  readonly onStatus: (status: Status | undefined) => void;
}

/** Which bookings to show; nothing where they are all alike. */
export function Filter({ bookings, status, onStatus }: FilterProps) {
  const words = useWords(listWords);
  const { statuses } = useWords(manageWords);
  const present = STATUSES.filter((one) => one === status || bookings.some((each) => each.status === one));
  if (present.length < 2) return null;
  return (
    <fieldset class="mine-filter">
      <legend class="unseen">{words.filter}</legend>
      {[undefined, ...present].map((one) => (
        <button key={one ?? 'all'} type="button" aria-pressed={one === status} onClick={() => onStatus(one)}>
          {one === undefined ? words.all : statuses[one]}
        </button>
      ))}
    </fieldset>
  );
}

/** `?status=` of the address, so that a reload shows the same. */
export function statusOfQuery(): Status | undefined {
  const asked = new URLSearchParams(location.search).get('status');
  return STATUSES.find((status) => status === asked);
}

export function keepInQuery(status: Status | undefined): void {
  const url = new URL(location.href);
  if (status === undefined) url.searchParams.delete('status');
  else url.searchParams.set('status', status);
  history.replaceState(null, '', url);
}

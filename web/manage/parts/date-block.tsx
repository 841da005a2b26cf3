import { useFormats } from '../../words/formats.ts';
import './date-block.css';

export interface DateBlockProps {
  /** At the shop, where the date is said in words beside it. */
  readonly date: string;
  /** Of a booking that will not, or did not, take place. */
  readonly faded?: boolean;
}

/** A date as a leaf of a calendar: an ornament. */
export function DateBlock({ date, faded = false }: DateBlockProps) {
  const { weekday, day, month, year } = useFormats().dateParts(date);
  const isThisYear = date.startsWith(String(new Date().getFullYear()));
  return (
    <span class={`date-block ${faded ? 'faded' : ''}`} aria-hidden="true">
      <span class="date-block-weekday">{weekday}</span>
      <span class="date-block-day">{day}</span>
      <span class="date-block-month">{isThisYear ? month : `${month} ${year}`}</span>
    </span>
  );
}

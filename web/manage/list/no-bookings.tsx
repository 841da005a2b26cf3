import { shopOfQuery } from '../../api/where.ts';
import { Mark } from '../../ui/mark.tsx';
import { bookingPath } from '../../ui/shell.tsx';
import { useWords } from '../../words/language.ts';
import { listWords } from '../../words/my-bookings.ts';

/** For whoever has not booked yet. */
export function NoBookings() {
  const words = useWords(listWords).none;
  return (
    <div class="card mine-none">
      <Mark />
      <h2>{words.title}</h2>
      <p class="muted">{words.text}</p>
      <a class="button primary" href={bookingPath(shopOfQuery())}>
        {words.book}
      </a>
    </div>
  );
}
